package dev.slipway.kernel.kind;

import dev.slipway.kernel.model.Json;
import java.util.List;
import java.util.Map;

/// The rules of where services lead, where several fields belong together.
final class EndpointRules {
    private EndpointRules() {}

    /// Of endpoints: somebody is there, and ports can be told apart.
    static void subset(Map<String, Object> subset, String path, Findings findings) {
        if (Json.list(subset, "addresses").isEmpty()
                && Json.list(subset, "notReadyAddresses").isEmpty()) {
            findings.required(path, "must specify `addresses` or `notReadyAddresses`");
        }
        var ports = CustomKinds.objects(subset, "ports");
        for (int i = 0; ports.size() > 1 && i < ports.size(); i++) {
            if (Json.string(ports.get(i), "name").isEmpty()) {
                findings.required(path + ".ports[" + i + "].name");
            }
        }
    }

    /// Of a slice: its addresses are of its type.
    static void slice(Map<String, Object> slice, String path, Findings findings) {
        var type = Json.string(slice, "addressType");
        if (!List.of("IPv4", "IPv6").contains(type)) {
            return;
        }
        var endpoints = CustomKinds.objects(slice, "endpoints");
        for (int i = 0; i < endpoints.size(); i++) {
            var addresses = Json.list(endpoints.get(i), "addresses");
            for (int k = 0; k < addresses.size(); k++) {
                if (addresses.get(k) instanceof String address) {
                    address(address, type, "endpoints[%d].addresses[%d]".formatted(i, k), findings);
                }
            }
        }
    }

    private static void address(String address, String type, String path, Findings findings) {
        var six = address.contains(":");
        if (!Addresses.isAddress(address) || six != type.equals("IPv6")) {
            findings.invalid(path, address, "must be a valid %s address".formatted(type));
        }
        findings.invalid(path, address, AddressRules.problems(address));
    }

    /// Of what configures a class of ingresses: where it is, if not everywhere.
    static void parameters(Map<String, Object> parameters, String path, Findings findings) {
        if ("Namespace".equals(parameters.get("scope"))
                && Json.string(parameters, "namespace").isEmpty()) {
            findings.required(path + ".namespace", "`parameters.scope` is set to 'Namespace'");
        }
    }
}
