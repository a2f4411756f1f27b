package dev.slipway.kernel.kind;

import dev.slipway.kernel.model.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/// The rules of services and their ports.
///
/// @param findings where problems are added
record ServiceRules(Findings findings) {
    private static final List<String> TYPES =
            List.of("ClusterIP", "ExternalName", "LoadBalancer", "NodePort");
    private static final List<String> PROTOCOLS = List.of("SCTP", "TCP", "UDP");

    void check(Map<String, Object> spec) {
        findings.oneOf("spec.type", spec.get("type"), TYPES);
        findings.oneOf(
                "spec.sessionAffinity", spec.get("sessionAffinity"), List.of("ClientIP", "None"));
        var external = "ExternalName".equals(spec.get("type"));
        if (external && Json.string(spec, "externalName").isEmpty()) {
            findings.required("spec.externalName");
        }
        var ports = CustomKinds.objects(spec, "ports");
        if (ports.isEmpty() && !external && !"None".equals(spec.get("clusterIP"))) {
            findings.required("spec.ports");
        }
        ports(ports);
    }

    private void ports(List<Map<String, Object>> ports) {
        var names = new HashSet<String>();
        var numbers = new HashSet<String>();
        for (int i = 0; i < ports.size(); i++) {
            var path = "spec.ports[" + i + "]";
            var port = ports.get(i);
            var name = Json.string(port, "name");
            if (name.isEmpty() && ports.size() > 1) {
                findings.required(path + ".name");
            } else if (!name.isEmpty()) {
                findings.invalid(path + ".name", name, MetadataRules.label(name));
                if (!names.add(name)) {
                    findings.duplicate(path + ".name", name);
                }
            }
            findings.port(path + ".port", port.get("port"));
            findings.port(path + ".targetPort", port.get("targetPort"));
            findings.oneOf(path + ".protocol", port.get("protocol"), PROTOCOLS);
            if (!numbers.add(port.get("port") + "/" + port.get("protocol"))) {
                findings.duplicate(path, port);
            }
        }
    }
}
