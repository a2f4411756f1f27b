package dev.slipway.apiserver.access;

import dev.slipway.client.web.Identity;
import java.util.Optional;

/// Decides what somebody may do. May be called from any thread, for every request: quick.
@FunctionalInterface
public interface Authorizer {
    /// What somebody wants to do: with a resource, or with a path that is none.
    sealed interface Wish {
        /// A verb on a resource.
        ///
        /// @param resource the plural, with its subresource after a slash: `deployments/scale`
        /// @param namespace empty for cluster-scoped resources and for all namespaces
        /// @param name empty where no single one is meant
        record OnResource(String verb, String group, String resource, String namespace, String name)
                implements Wish {}

        /// A method on a path: `get /version`.
        record OnPath(String verb, String path) implements Wish {}
    }

    /// Empty when it is allowed, else why not; the reason may be the empty string.
    Optional<String> refusal(Identity identity, Wish wish);

    /// Members of `system:masters` may do everything, anybody else nothing.
    static Authorizer mastersOnly() {
        return (identity, _) ->
                identity.groups().contains(Identities.MASTERS) ? Optional.empty() : Optional.of("");
    }
}
