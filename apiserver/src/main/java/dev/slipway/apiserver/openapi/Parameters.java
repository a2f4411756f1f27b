package dev.slipway.apiserver.openapi;

import dev.slipway.apiserver.wire.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The parameters and bodies of operations. Clients look here for what they may ask of a server.
final class Parameters {
    private static final Map<String, Object> PRETTY = text("pretty", "Indents the answer.");
    private static final Map<String, Object> DRY_RUN =
            text("dryRun", "With All nothing is stored.");
    private static final Map<String, Object> MANAGER =
            text("fieldManager", "The name under which fields are owned.");
    private static final Map<String, Object> VALIDATION =
            text("fieldValidation", "What happens to unknown fields: Ignore, Warn or Strict.");
    private static final Map<String, Object> FORCE =
            flag("force", "Takes fields over from other managers; apply only.");
    private static final Map<String, Object> LABELS =
            text("labelSelector", "Only what has such labels.");
    private static final Map<String, Object> FIELDS =
            text("fieldSelector", "Only what has such fields.");
    private static final Map<String, Object> LIMIT =
            number("limit", "How many items a page may have.");
    private static final Map<String, Object> CONTINUE =
            text("continue", "Where the page begins: from the page before.");
    private static final Map<String, Object> VERSION =
            text("resourceVersion", "The revision to read at, or to watch from.");
    private static final Map<String, Object> MATCH =
            text("resourceVersionMatch", "How the revision is meant: Exact or NotOlderThan.");
    private static final Map<String, Object> TIMEOUT =
            number("timeoutSeconds", "How long a watch may last.");
    private static final Map<String, Object> WATCH =
            flag("watch", "Streams events instead of answering once.");
    private static final Map<String, Object> BOOKMARKS =
            flag("allowWatchBookmarks", "The watch also says how far it is.");
    private static final Map<String, Object> INITIAL =
            flag("sendInitialEvents", "The watch begins with what exists.");
    private static final Map<String, Object> PROPAGATION =
            text(
                    "propagationPolicy",
                    "What happens to owned objects: Orphan, Background, Foreground.");

    private static final Map<String, Object> AS_OF =
            text("asOf", "The revision or time of the past to read.");
    private static final Map<String, Object> DIFF_FROM =
            text("diffFrom", "Answers how it differs since this revision or time.");
    private static final Map<String, Object> DIFF_TO =
            text("diffTo", "Until when differences are told; without it until now.");

    private static final List<Object> LIST =
            List.of(
                    PRETTY, BOOKMARKS, CONTINUE, FIELDS, LABELS, LIMIT, VERSION, MATCH, INITIAL,
                    TIMEOUT, WATCH, AS_OF, DIFF_FROM, DIFF_TO);
    private static final List<Object> GET = List.of(PRETTY, VERSION, AS_OF, DIFF_FROM, DIFF_TO);

    static final List<Object> PAGE = List.of(LIMIT, CONTINUE);
    static final List<Object> WHY =
            List.of(text("path", "Where the value is: .spec.replicas; the whole object without."));

    private Parameters() {}

    static List<Object> of(String action) {
        return switch (action) {
            case "list" -> LIST;
            case "get" -> GET;
            case "post", "put" -> List.of(PRETTY, DRY_RUN, MANAGER, VALIDATION);
            case "patch" -> List.of(PRETTY, DRY_RUN, MANAGER, VALIDATION, FORCE);
            case "delete" -> List.of(PRETTY, DRY_RUN, PROPAGATION);
            case "deletecollection" -> List.of(PRETTY, DRY_RUN, PROPAGATION, FIELDS, LABELS, LIMIT);
            default -> List.of(PRETTY);
        };
    }

    /// The body that a method takes, where it takes one.
    ///
    /// @param object the schema of the kind
    /// @param strategic whether the kind knows strategic merge patches; kubectl sends what is listed here
    static Optional<Map<String, Object>> body(
            String method, Map<String, Object> object, boolean strategic) {
        return switch (method) {
            case "post", "put" ->
                    Optional.of(required(content(object, "application/json", "application/yaml")));
            case "patch" ->
                    Optional.of(required(content(Tree.of("type", "object"), patches(strategic))));
            case "delete" ->
                    Optional.of(
                            content(
                                    CommonSchemas.reference(CommonSchemas.DELETE_OPTIONS),
                                    "application/json",
                                    "application/yaml"));
            default -> Optional.empty();
        };
    }

    private static String[] patches(boolean strategic) {
        var types =
                new ArrayList<>(
                        List.of(
                                "application/apply-patch+yaml",
                                "application/json-patch+json",
                                "application/merge-patch+json"));
        if (strategic) {
            types.add("application/strategic-merge-patch+json");
        }
        return types.toArray(String[]::new);
    }

    static Map<String, Object> inPath(String name, String description) {
        var parameter = parameter(name, "path", description, Tree.of("type", "string"));
        parameter.put("required", true);
        return parameter;
    }

    private static Map<String, Object> content(Map<String, Object> schema, String... types) {
        var content = Tree.of();
        for (var type : types) {
            content.put(type, Tree.of("schema", schema));
        }
        return Tree.of("content", content);
    }

    private static Map<String, Object> required(Map<String, Object> body) {
        body.put("required", true);
        return body;
    }

    private static Map<String, Object> text(String name, String description) {
        return parameter(name, "query", description, Tree.of("type", "string"));
    }

    private static Map<String, Object> number(String name, String description) {
        return parameter(name, "query", description, Tree.of("type", "integer"));
    }

    private static Map<String, Object> flag(String name, String description) {
        return parameter(name, "query", description, Tree.of("type", "boolean"));
    }

    private static Map<String, Object> parameter(
            String name, String in, String description, Map<String, Object> schema) {
        return Tree.of("name", name, "in", in, "description", description, "schema", schema);
    }
}
