package dev.slipway.cluster;

import dev.slipway.cluster.simulation.ClusterKinds;
import dev.slipway.cluster.simulation.Tree;
import dev.slipway.kernel.access.PolicyRule;
import dev.slipway.kernel.access.Rbac;
import dev.slipway.kernel.access.RoleKinds;
import dev.slipway.kernel.admission.Admission;
import dev.slipway.kernel.kind.Kinds;
import dev.slipway.kernel.kind.Kinds.Served;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What somebody must hold to write the rules of a cluster, which read and change objects everywhere and make others, in
/// the cluster's name: else a rule were a way to get rights.
final class RuleRights {
    private static final List<String> PLAYS = List.of("get", "patch");
    private static final List<String> MAKES = List.of("get", "create", "delete");

    /// Groups whose objects give whatever they say.
    private static final Set<String> BOUNDLESS =
            Set.of("certificates.k8s.io", ClusterKinds.CLUSTERS.group());

    private static final PolicyRule EVERYTHING = rule(List.of("*"), "*", List.of("*"));
    private static final PolicyRule GIVES =
            rule(List.of("escalate", "bind"), RoleKinds.GROUP, List.of("roles", "clusterroles"));

    private final Rbac rbac;

    RuleRights(Rbac rbac) {
        this.rbac = rbac;
    }

    /// Why whoever writes may not write these rules, if so.
    Optional<Problem> objection(Admission admission) {
        var rules = rules(admission.object());
        if (admission.old().filter(old -> rules(old).equals(rules)).isPresent()) {
            return Optional.empty();
        }
        return admission
                .user()
                .flatMap(user -> objection(user, admission.object(), needed(rules, admission)));
    }

    private static List<Map<String, Object>> rules(Resource cluster) {
        return Tree.objects(Json.object(cluster.spec(), "simulation"), "rules");
    }

    private Optional<Problem> objection(User user, Resource cluster, List<PolicyRule> needed) {
        var lacking = rbac.lacking(user, "", needed);
        return lacking.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        Problem.forbidden(
                                ClusterKinds.CLUSTERS.resource("", cluster.name()),
                                "its rules do in all namespaces what user \"%s\" does not hold the rights to:\n%s"
                                        .formatted(user.name(), String.join("\n", lacking))));
    }

    private static List<PolicyRule> needed(List<Map<String, Object>> rules, Admission admission) {
        var needed = new ArrayList<PolicyRule>();
        for (var one : rules) {
            needed.addAll(needed(PLAYS, one, admission.kinds()));
            for (var list : List.of("phases", "faults")) {
                Tree.objects(one, list).stream()
                        .flatMap(phase -> Tree.objects(phase, "creates").stream())
                        .forEach(made -> needed.addAll(needed(MAKES, made, admission.kinds())));
            }
        }
        return needed;
    }

    /// @param object that names its kind; where it is not served yet, all of its group may be meant
    private static List<PolicyRule> needed(
            List<String> verbs, Map<String, Object> object, Kinds kinds) {
        var group = new Resource(object).group();
        if (BOUNDLESS.contains(group)) {
            return List.of(EVERYTHING);
        }
        var resources =
                kinds.byKind(Json.string(object, "apiVersion"), Json.string(object, "kind"))
                        .map(served -> resources(served, verbs))
                        .orElse(List.of("*"));
        var rule = rule(verbs, group, resources);
        return group.equals(RoleKinds.GROUP) ? List.of(rule, GIVES) : List.of(rule);
    }

    private static List<String> resources(Served served, List<String> verbs) {
        var plural = served.kind().key().plural();
        return verbs.equals(PLAYS) && served.version().status()
                ? List.of(plural, plural + "/status")
                : List.of(plural);
    }

    private static PolicyRule rule(List<String> verbs, String group, List<String> resources) {
        return new PolicyRule(verbs, List.of(group), resources, List.of(), List.of());
    }
}
