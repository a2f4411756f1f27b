package dev.slipway.apiserver.oidc;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.slipway.kernel.model.User;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Somebody who is trusted to say who a person is, and how what they say becomes a user with groups.
///
/// Nothing that begins with `system:` is taken from anybody: those names are the platform's own.
///
/// @param address where its keys are found below; as tokens say it in `iss`
/// @param audience that its tokens must be for
/// @param userClaim which of a token's claims is the user's name
/// @param userPrefix stands before the name
/// @param groupsClaim which of them holds the groups
/// @param groupsPrefix stands before each group
/// @param authority certificates that its server is checked against, in PEM; empty where the system's are good
public record TrustedIssuer(
        URI address,
        String audience,
        String userClaim,
        String userPrefix,
        String groupsClaim,
        String groupsPrefix,
        String authority) {
    private static final String RESERVED = "system:";
    private static final String EMAIL = "email";
    private static final String VERIFIED = "email_verified";

    /// The user that a token is about, whose signature and times are good; empty where it names nobody.
    Optional<User> user(JWTClaimsSet claims) {
        var name = text(claims, userClaim);
        if (name.isEmpty() || isUnverifiedMail(claims)) {
            return Optional.empty();
        }
        return groups(claims).flatMap(stated -> user(userPrefix + name, stated));
    }

    private Optional<User> user(String name, List<String> stated) {
        if (name.startsWith(RESERVED)) {
            return Optional.empty();
        }
        var groups = new ArrayList<String>();
        stated.stream()
                .map(group -> groupsPrefix + group)
                .filter(group -> !group.startsWith(RESERVED))
                .forEach(groups::add);
        groups.add(User.AUTHENTICATED);
        return Optional.of(new User(name, "", groups, Map.of()));
    }

    /// An address of which the issuer says anything but that it is verified; the text `"true"` does not say so.
    private boolean isUnverifiedMail(JWTClaimsSet claims) {
        return userClaim.equals(EMAIL)
                && claims.getClaims().containsKey(VERIFIED)
                && !Boolean.TRUE.equals(claims.getClaim(VERIFIED));
    }

    private static String text(JWTClaimsSet claims, String claim) {
        return claims.getClaim(claim) instanceof String text ? text : "";
    }

    /// One group may stand alone; empty where the claim is there and is no texts.
    private Optional<List<String>> groups(JWTClaimsSet claims) {
        return switch (claims.getClaim(groupsClaim)) {
            case null -> Optional.of(List.of());
            case String one -> Optional.of(List.of(one));
            case List<?> list when list.stream().allMatch(String.class::isInstance) ->
                    Optional.of(list.stream().map(String.class::cast).toList());
            default -> Optional.empty();
        };
    }
}
