package dev.slipway.control.policy;

import dev.slipway.kernel.admission.Admission;
import dev.slipway.kernel.kind.LabelSelection;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.store.Operation;
import dev.slipway.kernel.store.State;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which writes a policy, or one of its bindings, is about (`matchConstraints`, `matchResources`).
///
/// @param exact whether a rule's versions mean the version that the client wrote in, and no equivalent one
record Matching(
        List<ResourceRule> rules,
        List<ResourceRule> excluded,
        boolean exact,
        Map<String, Object> namespaces,
        Map<String, Object> objects) {
    static final KindKey NAMESPACES = KindKey.of("", "namespaces");

    static Matching of(Map<String, Object> tree) {
        return new Matching(
                ResourceRule.of(tree, "resourceRules"),
                ResourceRule.of(tree, "excludeResourceRules"),
                Json.string(tree, "matchPolicy").equals("Exact"),
                Json.object(tree, "namespaceSelector"),
                Json.object(tree, "objectSelector"));
    }

    /// The version in which it is about a write; empty where it is not. Without rules it is about every write.
    Optional<String> version(Admission write) {
        if (excluded.stream().anyMatch(rule -> rule.version(write, exact).isPresent())
                || !isObject(write)
                || !isNamespace(write)) {
            return Optional.empty();
        }
        return rules.isEmpty()
                ? Optional.of(write.served().version().name())
                : rules.stream().flatMap(rule -> rule.version(write, exact).stream()).findFirst();
    }

    private boolean isObject(Admission write) {
        return objects.isEmpty()
                || matches(objects, write.object())
                || write.old().filter(old -> matches(objects, old)).isPresent();
    }

    /// Of a namespace its own labels count, of other things without a namespace nothing does.
    private boolean isNamespace(Admission write) {
        if (namespaces.isEmpty()) {
            return true;
        }
        var kind = write.served().kind();
        if (kind.key().equals(NAMESPACES)) {
            return matches(
                    namespaces,
                    write.operation() == Operation.DELETE
                            ? write.old().orElse(write.object())
                            : write.object());
        }
        return !kind.namespaced()
                || namespace(write.state(), write.object().namespace())
                        .filter(namespace -> matches(namespaces, namespace))
                        .isPresent();
    }

    static Optional<Resource> namespace(State state, String name) {
        return state.get(NAMESPACES.resource("", name)).map(stored -> stored.resource());
    }

    private static boolean matches(Map<String, Object> selector, Resource object) {
        return LabelSelection.matches(selector, object.labels());
    }
}
