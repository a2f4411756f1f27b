package dev.slipway.control.pod;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.schema.Amounts;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Which of the three qualities of service a pod asks for: who claims nothing is the first to go.
final class ServiceQuality {
    private static final List<String> COUNTED = List.of("cpu", "memory");

    private ServiceQuality() {}

    static String of(Resource pod) {
        var resources =
                BirthAdmitter.containers(pod.spec()).stream()
                        .map(container -> Json.object(container, "resources"))
                        .toList();
        if (resources.stream().noneMatch(one -> claims(one, "requests") || claims(one, "limits"))) {
            return "BestEffort";
        }
        return resources.stream().allMatch(ServiceQuality::isSettled) ? "Guaranteed" : "Burstable";
    }

    private static boolean claims(Map<String, Object> resources, String which) {
        return COUNTED.stream().anyMatch(name -> worth(resources, which, name).signum() > 0);
    }

    /// Whether what is asked for is all that may be used.
    private static boolean isSettled(Map<String, Object> resources) {
        return COUNTED.stream()
                .allMatch(name -> {
                    var limit = worth(resources, "limits", name);
                    return limit.signum() > 0
                            && limit.compareTo(worth(resources, "requests", name)) == 0;
                });
    }

    private static BigDecimal worth(Map<String, Object> resources, String which, String name) {
        var amount = Json.object(resources, which).get(name);
        return Amounts.worth(Objects.toString(amount, "0")).orElse(BigDecimal.ZERO);
    }
}
