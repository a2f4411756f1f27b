package dev.slipway.kernel.access;

import dev.slipway.kernel.access.Holding.Holder;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.model.User;
import dev.slipway.kernel.store.Listing;
import dev.slipway.kernel.store.State;
import dev.slipway.kernel.store.StoredObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The view of who may do what: roles by their names, and what each user and group holds.
///
/// Brought up to the state by whoever asks, over what differs since the last one asked; a question then looks at what
/// the user and its groups hold and at nothing else. Safe to use from any thread.
public final class Rbac {
    /// How many of the roles that are missing a refusal names.
    private static final int MAX_MISSING = 3;

    private static final Comparator<Holding> ORDER =
            Comparator.comparing(Holding::binding).thenComparing(Holding::subject);

    /// What was looked at last.
    private record Seen(
            Listing clusterRoles,
            Listing roles,
            Listing clusterRoleBindings,
            Listing roleBindings) {
        static final Seen NOTHING =
                new Seen(Listing.EMPTY, Listing.EMPTY, Listing.EMPTY, Listing.EMPTY);

        static Seen of(State state) {
            return new Seen(
                    state.list(RoleKinds.CLUSTER_ROLES),
                    state.list(RoleKinds.ROLES),
                    state.list(RoleKinds.CLUSTER_ROLE_BINDINGS),
                    state.list(RoleKinds.ROLE_BINDINGS));
        }

        boolean isSame(Seen other) {
            return clusterRoles.isSame(other.clusterRoles)
                    && roles.isSame(other.roles)
                    && clusterRoleBindings.isSame(other.clusterRoleBindings)
                    && roleBindings.isSame(other.roleBindings);
        }
    }

    private final Supplier<State> states;
    private final Map<ResourceKey, List<PolicyRule>> roles = new ConcurrentHashMap<>();
    private final Map<Holder, List<Holding>> holdings = new ConcurrentHashMap<>();
    private volatile Seen seen = Seen.NOTHING;
    private volatile long version;

    /// @param states tells what exists now
    public Rbac(Supplier<State> states) {
        this.states = states;
    }

    /// Whether somebody may do something; members of `system:masters` may do everything.
    public Decision decide(User user, Wish wish) {
        if (user.isMaster()) {
            return new Decision.Allowed("");
        }
        catchUp();
        var namespace = wish instanceof Wish.OnResource one ? one.namespace() : "";
        var found = holding(user, namespace, wish);
        return found.<Decision>map(holding -> new Decision.Allowed(holding.reason()))
                .orElseGet(() -> new Decision.Refused(missing(user, namespace)));
    }

    /// All rules that somebody has in a namespace (empty: in the cluster), binding by binding.
    public List<PolicyRule> rules(User user, String namespace) {
        catchUp();
        return held(user, namespace)
                .sorted(ORDER)
                .flatMap(holding -> rules(holding).stream())
                .toList();
    }

    /// The namespaces in which role bindings give somebody what a wish asks for, by name. What is held everywhere is not
    /// looked at; the time is that of a look at every holder.
    public List<String> namespaces(User user, Wish.OnResource wish) {
        catchUp();
        return holdings.entrySet().stream()
                .filter(held -> !held.getKey().namespace().isEmpty() && held.getKey().is(user))
                .filter(held -> held.getValue().stream().anyMatch(one -> allows(one, wish)))
                .map(held -> held.getKey().namespace())
                .distinct()
                .sorted()
                .toList();
    }

    /// Those of some rules that somebody does not have in a namespace, as lines that tell which; none where there are
    /// none.
    public List<String> lacking(User user, String namespace, List<PolicyRule> wanted) {
        if (user.isMaster() || wanted.isEmpty()) {
            return List.of();
        }
        return PolicyRule.lines(PolicyRule.uncovered(rules(user, namespace), wanted));
    }

    /// A number that differs where anybody's rights may differ.
    public long version() {
        catchUp();
        return version;
    }

    /// Whose rights a change of a role or of a binding may have changed: a look at every holder, and at no object.
    ///
    /// @param changed the role or the binding as it is now, or last was
    /// @param before the same as it was before; empty where it was not there
    public Predicate<User> concerned(StoredObject changed, Optional<StoredObject> before) {
        catchUp();
        var kind = changed.key().kind();
        var holders =
                kind.equals(RoleKinds.ROLES) || kind.equals(RoleKinds.CLUSTER_ROLES)
                        ? holders(changed.key())
                        : Stream.of(Optional.of(changed), before)
                                .flatMap(one -> of(one).stream())
                                .map(Holding::holder)
                                .distinct()
                                .toList();
        return user -> !user.isMaster() && holders.stream().anyMatch(one -> one.is(user));
    }

    private List<Holder> holders(ResourceKey role) {
        return holdings.entrySet().stream()
                .filter(held -> held.getValue().stream().anyMatch(one -> one.role().equals(role)))
                .map(Map.Entry::getKey)
                .toList();
    }

    private Optional<Holding> holding(User user, String namespace, Wish wish) {
        return held(user, namespace).filter(holding -> allows(holding, wish)).findFirst();
    }

    private boolean allows(Holding holding, Wish wish) {
        return rules(holding).stream().anyMatch(rule -> rule.allows(wish));
    }

    private List<PolicyRule> rules(Holding holding) {
        return roles.getOrDefault(holding.role(), List.of());
    }

    private Stream<Holding> held(User user, String namespace) {
        return namespace.isEmpty()
                ? heldIn(user, "")
                : Stream.concat(heldIn(user, ""), heldIn(user, namespace));
    }

    private Stream<Holding> heldIn(User user, String namespace) {
        return Stream.concat(
                        Stream.of(new Holder(namespace, false, user.name())),
                        user.groups().stream().map(group -> new Holder(namespace, true, group)))
                .flatMap(holder -> holdings.getOrDefault(holder, List.of()).stream());
    }

    /// Bindings to roles that are not there may be why.
    private String missing(User user, String namespace) {
        var texts =
                held(user, namespace)
                        .map(Holding::role)
                        .filter(role -> !roles.containsKey(role))
                        .distinct()
                        .limit(MAX_MISSING)
                        .map(Rbac::notFound)
                        .toList();
        return switch (texts.size()) {
            case 0 -> "";
            case 1 -> "RBAC: " + texts.getFirst();
            default -> texts.stream().collect(Collectors.joining(", ", "RBAC: [", "]"));
        };
    }

    private static String notFound(ResourceKey role) {
        return "%s.%s \"%s\" not found"
                .formatted(
                        role.namespace().isEmpty() ? "clusterrole" : "role",
                        RoleKinds.GROUP,
                        role.name());
    }

    private void catchUp() {
        if (!Seen.of(states.get()).isSame(seen)) {
            bringUp();
        }
    }

    private synchronized void bringUp() {
        var now = Seen.of(states.get());
        if (now.isSame(seen)) {
            return;
        }
        seen.clusterRoles.differences(now.clusterRoles, this::role);
        seen.roles.differences(now.roles, this::role);
        seen.clusterRoleBindings.differences(now.clusterRoleBindings, this::binding);
        seen.roleBindings.differences(now.roleBindings, this::binding);
        version = version + 1;
        seen = now;
    }

    private void role(Optional<StoredObject> before, Optional<StoredObject> now) {
        if (now.isPresent()) {
            roles.put(now.get().key(), PolicyRule.of(now.get().resource()));
        } else {
            before.ifPresent(role -> roles.remove(role.key()));
        }
    }

    /// What a binding gave before and gives now is never missing in between.
    private void binding(Optional<StoredObject> before, Optional<StoredObject> now) {
        var gone = of(before);
        var made = of(now);
        made.stream().filter(holding -> !gone.contains(holding)).forEach(this::give);
        gone.stream().filter(holding -> !made.contains(holding)).forEach(this::take);
    }

    private static List<Holding> of(Optional<StoredObject> binding) {
        return binding.map(one -> Holding.of(one.key(), one.resource())).orElse(List.of());
    }

    private void give(Holding holding) {
        holdings.merge(holding.holder(), List.of(holding), Rbac::joined);
    }

    private void take(Holding holding) {
        holdings.computeIfPresent(
                holding.holder(),
                (_, held) -> {
                    var left = held.stream().filter(one -> !one.equals(holding)).toList();
                    return left.isEmpty() ? null : left;
                });
    }

    private static List<Holding> joined(List<Holding> held, List<Holding> more) {
        var all = new ArrayList<Holding>(held.size() + more.size());
        all.addAll(held);
        all.addAll(more);
        return List.copyOf(all);
    }
}
