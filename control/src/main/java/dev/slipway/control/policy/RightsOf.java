package dev.slipway.control.policy;

import dev.slipway.expression.library.Authorizer;
import dev.slipway.kernel.access.Decision;
import dev.slipway.kernel.access.Rbac;
import dev.slipway.kernel.access.Wish;
import dev.slipway.kernel.model.User;
import java.util.ArrayList;
import java.util.Optional;

/// The rights of whoever writes, as policies ask for them.
record RightsOf(Rbac rbac, User user) implements Authorizer {
    @Override
    public Answer resource(ResourceAttempt attempt) {
        var resource =
                attempt.subresource().isEmpty()
                        ? attempt.resource()
                        : attempt.resource() + "/" + attempt.subresource();
        return answer(
                new Wish.OnResource(
                        attempt.verb(),
                        attempt.group(),
                        resource,
                        attempt.namespace(),
                        attempt.name()));
    }

    @Override
    public Answer path(String verb, String path) {
        return answer(new Wish.OnPath(verb, path));
    }

    @Override
    public Optional<Authorizer> serviceAccount(String namespace, String name) {
        var groups = new ArrayList<>(User.groupsOfServiceAccounts(namespace));
        groups.add(User.AUTHENTICATED);
        return Optional.of(
                new RightsOf(rbac, User.of(User.ofServiceAccount(namespace, name), groups)));
    }

    private Answer answer(Wish wish) {
        return switch (rbac.decide(user, wish)) {
            case Decision.Allowed(var reason) -> new Answer(true, reason);
            case Decision.Refused(var reason) -> new Answer(false, reason);
        };
    }
}
