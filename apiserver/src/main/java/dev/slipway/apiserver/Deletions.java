package dev.slipway.apiserver;

import dev.slipway.apiserver.wire.Bodies;
import dev.slipway.client.web.WebRequest;
import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.resources.DeleteOptions;
import dev.slipway.kernel.resources.DeleteOptions.Propagation;
import dev.slipway.kernel.resources.WriteOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads how a deletion is wanted, from its body or, where there is none, from its query.
///
/// @param how the propagation and the preconditions
/// @param dryRun whether nothing shall be deleted
record Deletions(DeleteOptions how, boolean dryRun) {
    private static final String KIND = "DeleteOptions";

    static Deletions of(WebRequest request) {
        return of(request.body().length == 0 ? fromQuery(request) : fromBody(request));
    }

    /// @param tree the options as they are written
    static Deletions of(Map<String, Object> tree) {
        var causes = new ArrayList<FieldCause>();
        var propagation = propagation(tree, causes);
        var dryRun = Json.list(tree, "dryRun");
        if (dryRun.stream().anyMatch(value -> !"All".equals(value))) {
            causes.add(FieldCause.notSupported("dryRun", dryRun, List.of("All")));
        }
        if (!causes.isEmpty()) {
            throw WriteRequests.invalid(KIND, causes).exception();
        }
        var preconditions = Json.object(tree, "preconditions");
        var how =
                new DeleteOptions(
                        propagation,
                        text(preconditions, "uid"),
                        text(preconditions, "resourceVersion"));
        return new Deletions(how, !dryRun.isEmpty());
    }

    WriteOptions apply(WriteOptions options) {
        return dryRun ? options.dry() : options;
    }

    private static Map<String, Object> fromBody(WebRequest request) {
        var tree = Bodies.options(request);
        var kind = Json.string(tree, "kind");
        if (!kind.isEmpty() && !kind.equals(KIND)) {
            throw Problem.badRequest(
                            "no kind \"%s\" is registered for version \"%s\" in scheme \"pkg/runtime/scheme.go:111\""
                                    .formatted(kind, Json.string(tree, "apiVersion")))
                    .exception();
        }
        return tree;
    }

    private static Map<String, Object> fromQuery(WebRequest request) {
        Map<String, Object> tree = new LinkedHashMap<>();
        request.parameter("propagationPolicy")
                .ifPresent(value -> tree.put("propagationPolicy", value));
        request.flag("orphanDependents").ifPresent(flag -> tree.put("orphanDependents", flag));
        var dryRun = request.query().getOrDefault("dryRun", List.of());
        tree.put("dryRun", List.copyOf(dryRun));
        return tree;
    }

    /// What is to become of the resources that a deleted one owns.
    static Propagation propagation(Map<String, Object> tree, List<FieldCause> causes) {
        var said = tree.get("propagationPolicy");
        if (said == null) {
            return switch (tree.get("orphanDependents")) {
                case Boolean orphan -> orphan ? Propagation.ORPHAN : Propagation.BACKGROUND;
                case null, default -> Propagation.AS_MARKED;
            };
        }
        var policy = said.toString();
        if (tree.get("orphanDependents") != null) {
            causes.add(
                    FieldCause.invalid(
                            "propagationPolicy",
                            policy,
                            "orphanDependents and deletionPropagation cannot be both set"));
        }
        return switch (policy) {
            case "Foreground" -> Propagation.FOREGROUND;
            case "Background" -> Propagation.BACKGROUND;
            case "Orphan" -> Propagation.ORPHAN;
            default -> {
                causes.add(
                        FieldCause.notSupported(
                                "propagationPolicy",
                                policy,
                                List.of("Foreground", "Background", "Orphan", "nil")));
                yield Propagation.BACKGROUND;
            }
        };
    }

    private static Optional<String> text(Map<String, Object> tree, String key) {
        return tree.get(key) instanceof String text && !text.isEmpty()
                ? Optional.of(text)
                : Optional.empty();
    }
}
