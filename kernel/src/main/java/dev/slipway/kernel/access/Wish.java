package dev.slipway.kernel.access;

import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.model.Problem.Subject;
import dev.slipway.kernel.model.User;
import java.util.List;
import java.util.Optional;

/// What somebody wants to do: with a resource, or with a path that is none.
public sealed interface Wish {
    /// A verb on a resource.
    ///
    /// @param resource the plural, with its subresource after a slash: `deployments/scale`
    /// @param namespace empty for cluster-scoped resources and for all namespaces
    /// @param name empty where no single one is meant
    record OnResource(String verb, String group, String resource, String namespace, String name)
            implements Wish {
        /// The subresource; empty for the resource itself.
        String subresource() {
            var slash = resource.indexOf('/');
            return slash < 0 ? "" : resource.substring(slash + 1);
        }

        private String plural() {
            var slash = resource.indexOf('/');
            return slash < 0 ? resource : resource.substring(0, slash);
        }
    }

    /// A method on a path: `get /version`.
    record OnPath(String verb, String path) implements Wish {}

    /// What somebody is told who may not, in Kubernetes' words.
    ///
    /// @param reason may be empty
    default Problem refused(User user, String reason) {
        var why = reason.isEmpty() ? "" : ": " + reason;
        return switch (this) {
            case OnPath(var verb, var path) ->
                    new Problem(
                            Reason.FORBIDDEN,
                            "forbidden: User \"%s\" cannot %s path \"%s\"%s"
                                    .formatted(user.name(), verb, path, why),
                            Optional.empty(),
                            List.of(),
                            Optional.empty());
            case OnResource onResource -> refused(onResource, user, why);
        };
    }

    private static Problem refused(OnResource wish, User user, String why) {
        var subject = new Subject(wish.group(), wish.plural(), wish.name());
        var groupResource =
                wish.group().isEmpty() ? wish.plural() : wish.plural() + "." + wish.group();
        var place =
                wish.namespace().isEmpty()
                        ? "at the cluster scope"
                        : "in the namespace \"" + wish.namespace() + "\"";
        var message =
                "%s is forbidden: User \"%s\" cannot %s resource \"%s\" in API group \"%s\" %s%s"
                        .formatted(
                                wish.name().isEmpty() ? groupResource : subject,
                                user.name(),
                                wish.verb(),
                                wish.resource(),
                                wish.group(),
                                place,
                                why);
        return new Problem(
                Reason.FORBIDDEN, message, Optional.of(subject), List.of(), Optional.empty());
    }
}
