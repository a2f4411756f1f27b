package dev.slipway.apiserver;

import dev.slipway.apiserver.access.Authorizer.Wish;
import dev.slipway.client.web.Identity;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.model.Problem.Subject;
import java.util.List;
import java.util.Optional;

/// Says in Kubernetes' words what somebody may not do.
final class Forbidden {
    private Forbidden() {}

    static Problem problem(Identity identity, Wish wish, String reason) {
        var why = reason.isEmpty() ? "" : ": " + reason;
        return switch (wish) {
            case Wish.OnPath(var verb, var path) ->
                    Problem.of(
                            Reason.FORBIDDEN,
                            "forbidden: User \"%s\" cannot %s path \"%s\"%s"
                                    .formatted(identity.user(), verb, path, why));
            case Wish.OnResource onResource -> problem(identity, onResource, why);
        };
    }

    private static Problem problem(Identity identity, Wish.OnResource wish, String why) {
        var plural = wish.resource().split("/", 2)[0];
        var subject = new Subject(wish.group(), plural, wish.name());
        var groupResource = wish.group().isEmpty() ? plural : plural + "." + wish.group();
        var place =
                wish.namespace().isEmpty()
                        ? "at the cluster scope"
                        : "in the namespace \"" + wish.namespace() + "\"";
        var message =
                "%s is forbidden: User \"%s\" cannot %s resource \"%s\" in API group \"%s\" %s%s"
                        .formatted(
                                wish.name().isEmpty() ? groupResource : subject,
                                identity.user(),
                                wish.verb(),
                                wish.resource(),
                                wish.group(),
                                place,
                                why);
        return new Problem(
                Reason.FORBIDDEN, message, Optional.of(subject), List.of(), Optional.empty());
    }
}
