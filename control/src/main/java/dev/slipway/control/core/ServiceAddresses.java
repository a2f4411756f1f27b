package dev.slipway.control.core;

import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The addresses that new services may ask for: of version 4 alone, and in one range, as in most clusters.
final class ServiceAddresses {
    /// From 10.96.0.0 to 10.111.255.255, as clusters have it that were told nothing else.
    static final String RANGE = "10.96.0.0/12";

    private static final int FIRST = 10 << 24 | 96 << 16;
    private static final int LAST = FIRST + (1 << 20) - 1;
    private static final Pattern FOUR =
            Pattern.compile("([0-9]{1,3})\\.([0-9]{1,3})\\.([0-9]{1,3})\\.([0-9]{1,3})");
    private static final String HEADLESS = "None";
    private static final String IPS = "spec.clusterIPs";
    private static final String FAMILIES = "spec.ipFamilies";
    private static final String POLICY = "spec.ipFamilyPolicy";

    private ServiceAddresses() {}

    /// What is wrong with what a service asks for that has no address yet.
    ///
    /// @param before the address that it has; empty where it has none
    static List<FieldCause> problems(Map<String, Object> spec, String before) {
        var causes = new ArrayList<FieldCause>();
        if (before.isEmpty()) {
            families(spec, causes);
            addresses(spec, causes);
        }
        return causes;
    }

    private static void families(Map<String, Object> spec, List<FieldCause> causes) {
        var families = Json.list(spec, "ipFamilies");
        var policy = Json.string(spec, "ipFamilyPolicy");
        if (families.size() > 1 && !policy.endsWith("DualStack")) {
            causes.add(
                    FieldCause.invalid(
                            POLICY,
                            policy.isEmpty() ? "SingleStack" : policy,
                            "must be 'RequireDualStack' or 'PreferDualStack' when multiple IP families are specified"));
        } else if (policy.equals("RequireDualStack")) {
            causes.add(
                    FieldCause.invalid(
                            POLICY,
                            policy,
                            "this cluster is not configured for dual-stack services"));
        } else if (!families.isEmpty() && "IPv6".equals(families.getFirst())) {
            causes.add(
                    FieldCause.invalid(FAMILIES + "[0]", "IPv6", "not configured on this cluster"));
        }
    }

    private static void addresses(Map<String, Object> spec, List<FieldCause> causes) {
        var wanted = Json.string(spec, "clusterIP");
        var all = Json.list(spec, "clusterIPs");
        if (wanted.isEmpty() && !all.isEmpty()) {
            causes.add(cause(IPS, all, "must be empty when `clusterIP` is not specified"));
        } else if (!all.isEmpty() && !all.getFirst().equals(wanted)) {
            causes.add(cause(IPS, all, "first value must match `clusterIP`"));
        } else if (wanted.contains(":")) {
            causes.add(
                    cause(IPS + "[0]", List.of(wanted), "IPv6 is not configured on this cluster"));
        } else if (!wanted.isEmpty() && !wanted.equals(HEADLESS)) {
            outOfRange(wanted).ifPresent(causes::add);
        }
    }

    /// What is no address at all is told by the rules of the fields.
    private static Optional<FieldCause> outOfRange(String wanted) {
        var parts = FOUR.matcher(wanted);
        if (!parts.matches()) {
            return Optional.empty();
        }
        int number = 0;
        for (int i = 1; i <= 4; i++) {
            var part = Integer.parseInt(parts.group(i));
            if (part > 255) {
                return Optional.empty();
            }
            number = number << 8 | part;
        }
        return number > FIRST && number < LAST
                ? Optional.empty()
                : Optional.of(
                        unallocated(
                                wanted,
                                "the provided IP (%s) is not in the valid range. The range of valid IPs is %s"
                                        .formatted(wanted, RANGE)));
    }

    static FieldCause unallocated(String wanted, String why) {
        return cause(IPS, List.of(wanted), "failed to allocate IP " + wanted + ": " + why);
    }

    /// A cause that shows addresses as the original does.
    static FieldCause cause(String field, List<?> addresses, String detail) {
        var shown = addresses.stream().map(Json::text).collect(Collectors.joining(", "));
        return new FieldCause(
                "FieldValueInvalid", field, "Invalid value: []string{" + shown + "}: " + detail);
    }
}
