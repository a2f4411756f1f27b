package dev.slipway.apiserver.token;

import dev.slipway.client.web.Identity;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Knows who bears a token. May be called from any thread.
@FunctionalInterface
public interface Bearers {
    /// Somebody who bears a token.
    ///
    /// @param audiences those of the audiences that were asked for, for which the token was made
    record Bearer(Identity identity, List<String> audiences) {}

    /// Who bears a token that was made for one of these audiences.
    Optional<Bearer> of(String token, Set<String> audiences);

    /// Whether a text has the three parts of a signed token (RFC 7515, 7.1), so that parsing it is worth the attempt.
    static boolean mayBeSigned(String token) {
        return token.chars().filter(letter -> letter == '.').count() == 2;
    }

    /// The first that knows the token decides.
    static Bearers firstOf(List<Bearers> all) {
        var inOrder = List.copyOf(all);
        return (token, audiences) ->
                inOrder.stream().flatMap(one -> one.of(token, audiences).stream()).findFirst();
    }
}
