package dev.slipway.graph;

import dev.slipway.graph.compile.Definition;
import dev.slipway.graph.compile.Graph;
import dev.slipway.graph.compile.Node;
import dev.slipway.graph.compile.Part;
import dev.slipway.graph.compile.Role;
import dev.slipway.kernel.access.PolicyRule;
import dev.slipway.kernel.access.Rbac;
import dev.slipway.kernel.access.RoleKinds;
import dev.slipway.kernel.access.Wish;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.User;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What somebody must hold to define a graph, whose instances make resources wherever they are.
///
/// With a service account the resources are made with its rights, and the author must be allowed to act as it. Without
/// one the author must hold every right that the graph uses: else defining a graph were a way to get rights.
final class AuthorRights {
    private static final List<String> MAKES = List.of("get", "create", "update", "patch", "delete");
    private static final List<String> CHANGES = List.of("get", "patch");
    private static final List<String> READS = List.of("get");
    private static final List<String> FINDS = List.of("get", "list", "watch");

    /// What whoever makes definitions by definitions must hold: theirs may make anything.
    private static final List<PolicyRule> EVERYTHING =
            List.of(
                    new PolicyRule(List.of("*"), List.of("*"), List.of("*"), List.of(), List.of()),
                    new PolicyRule(List.of("*"), List.of(), List.of(), List.of(), List.of("*")));

    private static final PolicyRule GIVES =
            new PolicyRule(
                    List.of("escalate", "bind"),
                    List.of(RoleKinds.GROUP),
                    List.of("roles", "clusterroles"),
                    List.of(),
                    List.of());

    private final Rbac rbac;

    AuthorRights(Rbac rbac) {
        this.rbac = rbac;
    }

    /// Why somebody may not define a graph that compiles.
    Optional<Problem> objection(User author, Graph graph) {
        return objection(author, graph.definition(), needed(graph));
    }

    /// The same of one whose kinds are not all known: any resource of their groups may be meant.
    Optional<Problem> objection(User author, Definition definition) {
        return objection(author, definition, needed(definition));
    }

    private Optional<Problem> objection(
            User author, Definition definition, Map<String, List<PolicyRule>> needed) {
        var account = definition.serviceAccount();
        if (account.isPresent()) {
            return impersonation(author, definition);
        }
        var lacking = new ArrayList<String>();
        needed.forEach((namespace, rules) ->
                rbac.lacking(author, namespace, rules).stream()
                        .map(line -> namespace.isEmpty() ? line : line + " in " + namespace)
                        .forEach(lacking::add));
        return lacking.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        Problem.forbidden(
                                Definition.KIND.resource("", definition.name()),
                                "its resources are made with the rights of its author, and user \"%s\" does not hold:\n%s\nHave somebody define it who does, or name a service account in spec.serviceAccount"
                                        .formatted(author.name(), String.join("\n", lacking))));
    }

    private Optional<Problem> impersonation(User author, Definition definition) {
        var account = new Resource(definition.writtenServiceAccount());
        var namespace = String.valueOf(account.tree().get("namespace"));
        var name = String.valueOf(account.tree().get("name"));
        var wish = new Wish.OnResource("impersonate", "", "serviceaccounts", namespace, name);
        return rbac.decide(author, wish).allowed()
                ? Optional.empty()
                : Optional.of(
                        Problem.forbidden(
                                Definition.KIND.resource("", definition.name()),
                                "user \"%s\" may not act as the service account %s/%s: that takes the verb impersonate on it"
                                        .formatted(author.name(), namespace, name)));
    }

    /// The rules by the namespace that they are needed in; empty: in all.
    private static Map<String, List<PolicyRule>> needed(Graph graph) {
        Map<String, List<PolicyRule>> needed = new LinkedHashMap<>();
        for (var node : graph.nodes()) {
            if (node.stored().equals(Definition.KIND) && node.role().isMade()) {
                return Map.of("", EVERYTHING);
            }
            var rules = needed.computeIfAbsent(namespace(node), _ -> new ArrayList<>());
            rules.add(rule(verbs(node), node.stored().group(), node.stored().plural()));
            if (node.stored().group().equals(RoleKinds.GROUP) && node.role().isMade()) {
                rules.add(GIVES);
            }
        }
        return needed;
    }

    private static List<String> verbs(Node node) {
        return switch (node.role()) {
            case Role.One _, Role.Each _ -> node.policy().contributes() ? CHANGES : MAKES;
            case Role.Named _ -> READS;
            case Role.Selected _ -> FINDS;
        };
    }

    /// The one that is written out; else any may be meant.
    private static String namespace(Node node) {
        return node.namespaced()
                        && node.template().parts().get("metadata") instanceof Part.Fields metadata
                        && metadata.parts().get("namespace")
                                instanceof Part.Constant(String namespace)
                ? namespace
                : "";
    }

    private static Map<String, List<PolicyRule>> needed(Definition definition) {
        var rules = new ArrayList<PolicyRule>();
        for (var body : definition.bodies()) {
            var group = new Resource(body).group();
            if (group.equals(Definition.KIND.group())) {
                return Map.of("", EVERYTHING);
            }
            rules.add(rule(List.of("*"), group, "*"));
        }
        return Map.of("", rules);
    }

    private static PolicyRule rule(List<String> verbs, String group, String plural) {
        return new PolicyRule(verbs, List.of(group), List.of(plural), List.of(), List.of());
    }
}
