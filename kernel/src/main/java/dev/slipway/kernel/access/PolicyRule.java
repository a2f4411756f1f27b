package dev.slipway.kernel.access;

import dev.slipway.kernel.access.Wish.OnPath;
import dev.slipway.kernel.access.Wish.OnResource;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// One rule of a role: which verbs it allows on which resources or paths.
///
/// @param names the only objects that it is about; empty for all of them
/// @param paths what it allows besides resources: `/healthz`, `/metrics/*`
public record PolicyRule(
        List<String> verbs,
        List<String> groups,
        List<String> resources,
        List<String> names,
        List<String> paths) {
    static final String ALL = "*";

    private static final String ANY_RESOURCE = "*/";

    public PolicyRule {
        verbs = List.copyOf(verbs);
        groups = List.copyOf(groups);
        resources = List.copyOf(resources);
        names = List.copyOf(names);
        paths = List.copyOf(paths);
    }

    /// The rules of a role. What is not a rule is passed over, and allows nothing.
    public static List<PolicyRule> of(Resource role) {
        return Json.list(role.tree(), "rules").stream()
                .filter(Map.class::isInstance)
                .map(rule -> of(Json.cast((Map<?, ?>) rule)))
                .toList();
    }

    private static PolicyRule of(Map<String, Object> rule) {
        return new PolicyRule(
                texts(rule, "verbs"),
                texts(rule, "apiGroups"),
                texts(rule, "resources"),
                texts(rule, "resourceNames"),
                texts(rule, "nonResourceURLs"));
    }

    private static List<String> texts(Map<String, Object> rule, String key) {
        return Json.list(rule, key).stream()
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .toList();
    }

    boolean allows(Wish wish) {
        return switch (wish) {
            case OnResource onResource -> allows(onResource);
            case OnPath(var verb, var path) -> has(verbs, verb) && allowsPath(path);
        };
    }

    private boolean allows(OnResource wish) {
        return has(verbs, wish.verb())
                && has(groups, wish.group())
                && allowsResource(wish)
                && (names.isEmpty() || (!wish.name().isEmpty() && names.contains(wish.name())));
    }

    private boolean allowsResource(OnResource wish) {
        return has(resources, wish.resource())
                || (!wish.subresource().isEmpty()
                        && resources.contains(ANY_RESOURCE + wish.subresource()));
    }

    private boolean allowsPath(String path) {
        return paths.stream()
                .anyMatch(one ->
                        one.equals(ALL)
                                || one.equals(path)
                                || (one.endsWith(ALL)
                                        && path.startsWith(one.substring(0, one.length() - 1))));
    }

    private static boolean has(List<String> allowed, String wanted) {
        return allowed.contains(wanted) || allowed.contains(ALL);
    }

    /// The same as rules of one verb on one resource or path each, and of one name where there are names.
    List<PolicyRule> single() {
        var single = new ArrayList<PolicyRule>();
        for (var verb : verbs) {
            for (var path : paths) {
                single.add(ofPath(verb, path));
            }
            for (var group : groups) {
                for (var resource : resources) {
                    addResource(verb, group, resource, single);
                }
            }
        }
        return single;
    }

    private static PolicyRule ofPath(String verb, String path) {
        return new PolicyRule(List.of(verb), List.of(), List.of(), List.of(), List.of(path));
    }

    private void addResource(String verb, String group, String resource, List<PolicyRule> single) {
        if (names.isEmpty()) {
            single.add(ofResource(verb, group, resource, List.of()));
        }
        names.forEach(name -> single.add(ofResource(verb, group, resource, List.of(name))));
    }

    private static PolicyRule ofResource(
            String verb, String group, String resource, List<String> names) {
        return new PolicyRule(List.of(verb), List.of(group), List.of(resource), names, List.of());
    }

    /// Whether whoever holds this rule holds a [#single()] one, too.
    boolean covers(PolicyRule single) {
        if (!has(verbs, single.verbs.getFirst())) {
            return false;
        }
        return single.paths.isEmpty()
                ? coversResource(single)
                : allowsPath(single.paths.getFirst());
    }

    private boolean coversResource(PolicyRule single) {
        var resource = single.resources.getFirst();
        var slash = resource.indexOf('/');
        var covered =
                has(resources, resource)
                        || (slash >= 0
                                && resources.contains(
                                        ANY_RESOURCE + resource.substring(slash + 1)));
        return covered
                && has(groups, single.groups.getFirst())
                && (names.isEmpty()
                        || (!single.names.isEmpty() && names.containsAll(single.names)));
    }

    /// Those of some rules, as single ones, that none of the held ones covers.
    public static List<PolicyRule> uncovered(List<PolicyRule> held, List<PolicyRule> wanted) {
        return wanted.stream()
                .flatMap(rule -> rule.single().stream())
                .filter(single -> held.stream().noneMatch(rule -> rule.covers(single)))
                .toList();
    }

    /// Single rules with those put together that differ in their verbs only, as lines in order.
    static List<String> lines(List<PolicyRule> single) {
        var verbs = new LinkedHashMap<PolicyRule, List<String>>();
        for (var rule : single) {
            verbs.computeIfAbsent(rule.withVerbs(List.of()), _ -> new ArrayList<>())
                    .addAll(rule.verbs);
        }
        return verbs.entrySet().stream()
                .map(one -> one.getKey().withVerbs(one.getValue()).toString())
                .sorted()
                .toList();
    }

    private PolicyRule withVerbs(List<String> other) {
        return new PolicyRule(other.stream().distinct().toList(), groups, resources, names, paths);
    }

    /// As a role says it: `apiGroups` and the like.
    public Map<String, Object> tree() {
        var tree = new LinkedHashMap<String, Object>();
        put(tree, "verbs", verbs);
        put(tree, "apiGroups", groups);
        put(tree, "resources", resources);
        put(tree, "resourceNames", names);
        put(tree, "nonResourceURLs", paths);
        return tree;
    }

    private static void put(Map<String, Object> tree, String key, List<String> texts) {
        if (!texts.isEmpty()) {
            tree.put(key, new ArrayList<Object>(texts));
        }
    }

    /// As Kubernetes prints it in messages: `{APIGroups:[""], Resources:["secrets"], Verbs:["get" "list"]}`.
    @Override
    public String toString() {
        var parts = new ArrayList<String>();
        part(parts, "APIGroups", groups);
        part(parts, "Resources", resources);
        part(parts, "NonResourceURLs", paths);
        part(parts, "ResourceNames", names);
        part(parts, "Verbs", verbs);
        return "{" + String.join(", ", parts) + "}";
    }

    private static void part(List<String> parts, String name, List<String> texts) {
        if (!texts.isEmpty()) {
            parts.add(name + ":" + quoted(texts));
        }
    }

    /// `["get" "list"]`.
    static String quoted(List<String> texts) {
        return texts.stream().map(Json::text).collect(Collectors.joining(" ", "[", "]"));
    }
}
