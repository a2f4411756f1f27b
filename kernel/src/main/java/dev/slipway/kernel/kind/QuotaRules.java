package dev.slipway.kernel.kind;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.schema.Amounts;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The rules of what a namespace may use: quotas of all of it, and limits for each thing in it.
record QuotaRules(Findings findings) {
    private static final Set<String> COUNTED =
            Set.of(
                    "pods",
                    "resourcequotas",
                    "services",
                    "replicationcontrollers",
                    "secrets",
                    "persistentvolumeclaims",
                    "configmaps",
                    "services.nodeports",
                    "services.loadbalancers");
    private static final Set<String> MEASURED =
            Set.of(
                    "cpu",
                    "memory",
                    "ephemeral-storage",
                    "requests.cpu",
                    "requests.memory",
                    "requests.storage",
                    "requests.ephemeral-storage",
                    "limits.cpu",
                    "limits.memory",
                    "limits.ephemeral-storage");
    private static final Set<Object> SCOPES =
            Set.of(
                    "Terminating",
                    "NotTerminating",
                    "BestEffort",
                    "NotBestEffort",
                    "PriorityClass",
                    "CrossNamespacePodAffinity",
                    "VolumeAttributesClass");
    private static final Set<String> LIMITED = Set.of("Pod", "Container", "PersistentVolumeClaim");

    /// Which amount may not be above which other, and how both are called.
    private static final List<List<String>> ORDER =
            List.of(
                    List.of("min", "max", "min", "min value %s is greater than max value %s"),
                    List.of(
                            "min",
                            "defaultRequest",
                            "defaultRequest",
                            "min value %s is greater than default request value %s"),
                    List.of(
                            "defaultRequest",
                            "max",
                            "defaultRequest",
                            "default request value %s is greater than max value %s"),
                    List.of(
                            "min",
                            "default",
                            "default",
                            "min value %s is greater than default value %s"),
                    List.of(
                            "default",
                            "max",
                            "default",
                            "default value %s is greater than max value %s"),
                    List.of(
                            "defaultRequest",
                            "default",
                            "defaultRequest",
                            "default request value %s is greater than default limit value %s"));

    void quota(Map<String, Object> spec) {
        Json.object(spec, "hard").forEach(this::quota);
        var scopes = Json.list(spec, "scopes");
        if (!SCOPES.containsAll(scopes)) {
            findings.invalid("spec.scopes", scopes, "unsupported scope");
        }
    }

    private void quota(String name, @Nullable Object amount) {
        var path = "spec.hard[" + name + "]";
        if (!name.contains("/") && !COUNTED.contains(name) && !MEASURED.contains(name)) {
            findings.invalid(path, name, "must be a standard resource type or fully qualified");
            findings.invalid(path, name, "must be a standard resource for quota");
        }
        if (COUNTED.contains(name) && worth(amount).filter(one -> !isWhole(one)).isPresent()) {
            findings.invalid(path, String.valueOf(amount), "must be an integer");
        }
    }

    private static boolean isWhole(BigDecimal worth) {
        return worth.stripTrailingZeros().scale() <= 0;
    }

    void limits(List<Map<String, Object>> limits) {
        var types = new HashSet<String>();
        for (int i = 0; i < limits.size(); i++) {
            var path = "spec.limits[" + i + "]";
            var type = Json.string(limits.get(i), "type");
            if (!LIMITED.contains(type) && !type.contains("/")) {
                findings.invalid(
                        path + ".type", type, "must be a standard limit type or fully qualified");
            }
            if (!types.add(type)) {
                findings.duplicate(path + ".type", type);
            }
            if (type.equals("Pod")) {
                perContainer(limits.get(i), path);
            }
            for (var order : ORDER) {
                ordered(limits.get(i), order, path);
            }
        }
    }

    private void perContainer(Map<String, Object> limit, String path) {
        for (var field : List.of("default", "defaultRequest")) {
            if (!Json.object(limit, field).isEmpty()) {
                findings.forbidden(path + "." + field, "may not be specified when `type` is 'Pod'");
            }
        }
    }

    private void ordered(Map<String, Object> limit, List<String> order, String path) {
        var upper = Json.object(limit, order.get(1));
        Json.object(limit, order.getFirst())
                .forEach((name, amount) -> {
                    var least = worth(amount);
                    var most = worth(upper.get(name));
                    if (least.isPresent()
                            && most.isPresent()
                            && least.get().compareTo(most.get()) > 0) {
                        findings.invalid(
                                "%s.%s[%s]".formatted(path, order.get(2), name),
                                Json.object(limit, order.get(2)).get(name),
                                order.getLast().formatted(amount, upper.get(name)));
                    }
                });
    }

    private static Optional<BigDecimal> worth(@Nullable Object amount) {
        return Amounts.worth(Objects.toString(amount, ""));
    }
}
