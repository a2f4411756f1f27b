package dev.slipway.apiserver.access;

import dev.slipway.client.web.Identity;
import dev.slipway.kernel.access.Decision;
import dev.slipway.kernel.access.PolicyRule;
import dev.slipway.kernel.access.Rbac;
import dev.slipway.kernel.access.Wish;
import dev.slipway.kernel.model.User;
import java.util.List;

/// Decides what somebody may do. May be called from any thread, for every request: quick.
@FunctionalInterface
public interface Authorizer {
    Decision decide(User user, Wish wish);

    /// All rules that somebody has in a namespace, where they are known.
    default List<PolicyRule> rules(User user, String namespace) {
        return List.of();
    }

    /// The namespaces in which somebody may do what is asked for in none, by name, where they are known.
    default List<String> namespaces(User user, Wish.OnResource wish) {
        return List.of();
    }

    /// Throws what somebody is told who may not.
    default void demand(Identity identity, Wish wish) {
        if (decide(identity.who(), wish) instanceof Decision.Refused(var reason)) {
            throw wish.refused(identity.who(), reason).exception();
        }
    }

    /// Roles and bindings decide.
    static Authorizer of(Rbac rbac) {
        return new Authorizer() {
            @Override
            public Decision decide(User user, Wish wish) {
                return rbac.decide(user, wish);
            }

            @Override
            public List<PolicyRule> rules(User user, String namespace) {
                return rbac.rules(user, namespace);
            }

            @Override
            public List<String> namespaces(User user, Wish.OnResource wish) {
                return rbac.namespaces(user, wish);
            }
        };
    }

    /// Members of `system:masters` may do everything, anybody else nothing.
    static Authorizer mastersOnly() {
        return (user, _) -> user.isMaster() ? new Decision.Allowed("") : new Decision.Refused("");
    }
}
