package dev.slipway.control.policy;

import dev.slipway.kernel.admission.Admission;
import dev.slipway.kernel.kind.KindVersion;
import dev.slipway.kernel.model.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which writes of which kinds a policy wants to see; `*` stands for all.
///
/// @param resources plurals with or without subresources: `pods`, `pods/status`, `*/status`, `*/*`
/// @param scope `Cluster`, `Namespaced` or `*`
/// @param names empty for all
record ResourceRule(
        List<Object> operations,
        List<Object> groups,
        List<Object> versions,
        List<Object> resources,
        String scope,
        List<Object> names) {
    private static final String ALL = "*";

    static List<ResourceRule> of(Map<String, Object> tree, String key) {
        return Json.list(tree, key).stream()
                .filter(Map.class::isInstance)
                .map(rule -> of(Json.cast((Map<?, ?>) rule)))
                .toList();
    }

    private static ResourceRule of(Map<String, Object> rule) {
        return new ResourceRule(
                Json.list(rule, "operations"),
                Json.list(rule, "apiGroups"),
                Json.list(rule, "apiVersions"),
                Json.list(rule, "resources"),
                Json.string(rule, "scope"),
                Json.list(rule, "resourceNames"));
    }

    /// The version by which it sees a write; empty where it does not.
    ///
    /// @param exact whether only the version counts that the client wrote in
    Optional<String> version(Admission write, boolean exact) {
        if (!isOfItsKinds(write) || !isInScope(write) || !isNamed(write)) {
            return Optional.empty();
        }
        var written = write.served().version().name();
        if (has(versions, written)) {
            return Optional.of(written);
        }
        return write.served().kind().versions().stream()
                .map(KindVersion::name)
                .filter(version -> !exact && versions.contains(version))
                .findFirst();
    }

    private boolean isOfItsKinds(Admission write) {
        return has(operations, write.operation().name())
                && has(groups, write.served().group())
                && resources.stream().anyMatch(pattern -> isOf(String.valueOf(pattern), write));
    }

    private static boolean isOf(String pattern, Admission write) {
        var parts = pattern.split("/", 2);
        var subresource = parts.length > 1 ? parts[1] : "";
        return isOne(parts[0], write.served().names().plural())
                && isOne(subresource, write.subresource());
    }

    private boolean isInScope(Admission write) {
        return switch (scope) {
            case "Cluster" -> !write.served().kind().namespaced();
            case "Namespaced" -> write.served().kind().namespaced();
            default -> true;
        };
    }

    private boolean isNamed(Admission write) {
        return names.isEmpty() || names.contains(write.object().name());
    }

    private static boolean has(List<Object> wanted, String value) {
        return wanted.contains(ALL) || wanted.contains(value);
    }

    private static boolean isOne(String wanted, String value) {
        return wanted.equals(ALL) || wanted.equals(value);
    }
}
