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
        if (spec.get("healthCheckNodePort") instanceof Long port
                && port != 0
                && !("LoadBalancer".equals(spec.get("type"))
                        && "Local".equals(spec.get("externalTrafficPolicy")))) {
            findings.invalid(
                    "spec.healthCheckNodePort",
                    port,
                    "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'");
        }
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
        address(spec);
        if (external) {
            var name = Json.string(spec, "externalName");
            if (!name.isEmpty()) {
                findings.invalid("spec.externalName", name, MetadataRules.subdomain(name));
            }
        }
        if (!"LoadBalancer".equals(spec.get("type"))) {
            balanced(spec);
        }
        if ("ClusterIP".equals(spec.get("type"))) {
            inside(spec, ports);
        }
    }

    private void address(Map<String, Object> spec) {
        var address = Json.string(spec, "clusterIP");
        var type = Json.string(spec, "type");
        if (address.isEmpty()) {
            return;
        }
        if (type.equals("ExternalName")) {
            findings.forbidden("spec.clusterIPs", "may not be set for ExternalName services");
        } else if (!address.equals("None")) {
            FieldChecks.ip().check(address, "spec.clusterIPs[0]", findings);
        } else if (!type.equals("ClusterIP") && TYPES.contains(type)) {
            findings.invalid(
                    "spec.clusterIPs[0]",
                    address,
                    "may not be set to 'None' for " + type + " services");
        }
    }

    /// What only load balancers have.
    private void balanced(Map<String, Object> spec) {
        for (var field :
                List.of(
                        "loadBalancerSourceRanges",
                        "allocateLoadBalancerNodePorts",
                        "loadBalancerClass")) {
            if (!FieldChecks.isEmpty(spec.get(field))) {
                findings.forbidden(
                        "spec." + field, "may only be used when `type` is 'LoadBalancer'");
            }
        }
    }

    /// What only services have that can be reached from outside.
    private void inside(Map<String, Object> spec, List<Map<String, Object>> ports) {
        if (!FieldChecks.isEmpty(spec.get("externalTrafficPolicy"))
                && FieldChecks.isEmpty(spec.get("externalIPs"))) {
            findings.invalid(
                    "spec.externalTrafficPolicy",
                    spec.get("externalTrafficPolicy"),
                    "may only be set for externally-accessible services");
        }
        for (int i = 0; i < ports.size(); i++) {
            if (ports.get(i).get("nodePort") instanceof Long number && number != 0) {
                findings.forbidden(
                        "spec.ports[" + i + "].nodePort",
                        "may not be used when `type` is 'ClusterIP'");
            }
        }
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
            findings.oneOf(path + ".protocol", port.get("protocol"), PROTOCOLS);
            if (!numbers.add(port.get("port") + "/" + port.get("protocol"))) {
                findings.duplicate(path, port);
            }
        }
    }
}
