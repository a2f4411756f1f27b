package dev.slipway.control.policy;

import dev.slipway.kernel.store.Listing;
import dev.slipway.kernel.store.State;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The policies that are bound at one state, checked; worked out anew only when one of them or a binding changed.
/// Safe to use from any thread.
final class PolicyBook {
    /// A binding and its policy.
    record Bound(Policy policy, Binding binding) {}

    private record Page(Listing policies, Listing bindings, List<Bound> bound) {
        boolean isOf(Listing otherPolicies, Listing otherBindings) {
            return policies.isSame(otherPolicies) && bindings.isSame(otherBindings);
        }
    }

    private volatile Page last = new Page(Listing.EMPTY, Listing.EMPTY, List.of());

    /// All bound policies, by the policy's name and then the binding's.
    List<Bound> of(State state) {
        var bindings = state.list(Policies.BINDINGS);
        if (bindings.isEmpty()) {
            return List.of();
        }
        var policies = state.list(Policies.POLICIES);
        var page = last;
        if (!page.isOf(policies, bindings)) {
            page = new Page(policies, bindings, bound(policies, bindings));
            last = page;
        }
        return page.bound();
    }

    private static List<Bound> bound(Listing policies, Listing bindings) {
        Map<String, List<Binding>> byPolicy =
                bindings.stream()
                        .map(stored -> Binding.of(stored.resource()))
                        .collect(Collectors.groupingBy(Binding::policy));
        return policies.stream()
                .filter(stored -> byPolicy.containsKey(stored.key().name()))
                .map(stored -> Policy.of(stored.resource()))
                .flatMap(policy ->
                        byPolicy.getOrDefault(policy.name(), List.of()).stream()
                                .map(binding -> new Bound(policy, binding)))
                .toList();
    }
}
