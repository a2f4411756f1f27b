package dev.slipway.apiserver;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Where a request to a resource points: `/apis/GROUP/VERSION/namespaces/NAMESPACE/PLURAL/NAME/SUBRESOURCE`.
///
/// @param group empty for the core group
/// @param namespace empty where none is named
/// @param name empty for a collection
/// @param subresource empty for the object itself
/// @param watching whether the path itself asks for a watch, as old clients do
record RequestPath(
        String group,
        String version,
        String namespace,
        String plural,
        String name,
        String subresource,
        boolean watching) {
    /// What follows a namespace's name and is not a collection inside of it.
    private static final Set<String> OF_NAMESPACES =
            Set.of("status", "finalize", "relations", "revisions", "why");

    /// Subresources that tell what was.
    private static final Set<String> OF_THE_PAST = Set.of("revisions", "why");

    private static final String NAMESPACES = "namespaces";

    /// Reads the part after `/api` or `/apis/GROUP`: version first; empty where it is not a resource's.
    static Optional<RequestPath> parse(String group, List<String> segments) {
        if (segments.size() < 2) {
            return Optional.empty();
        }
        var version = segments.getFirst();
        var rest = segments.subList(1, segments.size());
        var watching = rest.getFirst().equals("watch") && rest.size() > 1;
        return parse(group, version, watching ? rest.subList(1, rest.size()) : rest, watching);
    }

    private static Optional<RequestPath> parse(
            String group, String version, List<String> rest, boolean watching) {
        var inside = isInsideNamespace(group, rest);
        var namespace = inside ? rest.get(1) : "";
        var own = inside ? rest.subList(2, rest.size()) : rest;
        if (own.size() > 3) {
            return Optional.empty();
        }
        return Optional.of(
                new RequestPath(
                        group,
                        version,
                        namespace,
                        own.getFirst(),
                        own.size() > 1 ? own.get(1) : "",
                        own.size() > 2 ? own.get(2) : "",
                        watching));
    }

    private static boolean isInsideNamespace(String group, List<String> rest) {
        if (!rest.getFirst().equals(NAMESPACES) || rest.size() < 3) {
            return false;
        }
        var ofNamespace = rest.size() == 3 && OF_NAMESPACES.contains(rest.get(2));
        return !(group.isEmpty() && ofNamespace);
    }

    /// The segments of a path, without empty ones at its ends.
    static List<String> segments(String path) {
        return Arrays.stream(path.split("/")).filter(segment -> !segment.isEmpty()).toList();
    }

    /// The plural with the subresource, as rules about rights name it.
    String resource() {
        return subresource.isEmpty() ? plural : plural + "/" + subresource;
    }

    /// Whether it tells what was, also of what is gone.
    boolean isOfThePast() {
        return OF_THE_PAST.contains(subresource);
    }

    /// The verb of a method on this path.
    String verb(String method, boolean watch) {
        return switch (method) {
            case "GET", "HEAD" -> watch || watching ? "watch" : name.isEmpty() ? "list" : "get";
            case "POST" -> "create";
            case "PUT" -> "update";
            case "PATCH" -> "patch";
            case "DELETE" -> name.isEmpty() ? "deletecollection" : "delete";
            default -> "";
        };
    }
}
