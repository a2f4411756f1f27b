package dev.slipway.apiserver.oidc;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.slipway.kernel.model.User;
import java.net.URI;
import java.text.ParseException;
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

    /// The user that a token is about, whose signature and times are good; empty where it names nobody.
    Optional<User> user(JWTClaimsSet claims) {
        var name = text(claims, userClaim);
        if (name.isEmpty() || isUnverifiedMail(claims)) {
            return Optional.empty();
        }
        var user = userPrefix + name;
        var groups = new ArrayList<String>();
        groups(claims).stream()
                .map(group -> groupsPrefix + group)
                .filter(group -> !group.startsWith(RESERVED))
                .forEach(groups::add);
        groups.add(User.AUTHENTICATED);
        return user.startsWith(RESERVED)
                ? Optional.empty()
                : Optional.of(new User(user, "", groups, Map.of()));
    }

    private boolean isUnverifiedMail(JWTClaimsSet claims) {
        return userClaim.equals(EMAIL) && Boolean.FALSE.equals(claims.getClaim("email_verified"));
    }

    private static String text(JWTClaimsSet claims, String claim) {
        return claims.getClaim(claim) instanceof String text ? text : "";
    }

    /// One group may stand alone.
    private List<String> groups(JWTClaimsSet claims) {
        try {
            return claims.getClaim(groupsClaim) instanceof String one
                    ? List.of(one)
                    : Optional.ofNullable(claims.getStringListClaim(groupsClaim)).orElse(List.of());
        } catch (ParseException e) {
            return List.of();
        }
    }
}
