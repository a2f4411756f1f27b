package dev.slipway.kernel.kind;

import dev.slipway.kernel.model.Json;
import java.util.List;
import java.util.Map;

/// The rules of ingresses: where requests come from and go to.
///
/// @param findings where problems are added
record IngressRules(Findings findings) {
    private static final List<String> PATH_TYPES =
            List.of("Exact", "ImplementationSpecific", "Prefix");

    void check(Map<String, Object> spec) {
        if (Json.list(spec, "rules").isEmpty() && spec.get("defaultBackend") == null) {
            findings.invalid("spec", spec, "either `defaultBackend` or `rules` must be specified");
        }
        if (spec.get("defaultBackend") instanceof Map<?, ?> backend) {
            backend(Json.cast(backend), "spec.defaultBackend");
        }
        var rules = CustomKinds.objects(spec, "rules");
        for (int i = 0; i < rules.size(); i++) {
            rule(rules.get(i), "spec.rules[" + i + "]");
        }
    }

    private void rule(Map<String, Object> rule, String path) {
        var host = Json.string(rule, "host");
        if (!host.isEmpty()) {
            var name = host.startsWith("*.") ? host.substring(2) : host;
            findings.invalid(path + ".host", host, MetadataRules.subdomain(name));
        }
        var paths = CustomKinds.objects(Json.object(rule, "http"), "paths");
        for (int i = 0; i < paths.size(); i++) {
            path(paths.get(i), path + ".http.paths[" + i + "]");
        }
    }

    private void path(Map<String, Object> wanted, String path) {
        var type = wanted.get("pathType");
        if (type == null) {
            findings.required(path + ".pathType", "pathType must be specified");
        }
        findings.oneOf(path + ".pathType", type, PATH_TYPES);
        var text = Json.string(wanted, "path");
        var free = "ImplementationSpecific".equals(type) && text.isEmpty();
        if (!free && !text.startsWith("/")) {
            findings.invalid(path + ".path", text, "must be an absolute path");
        }
        backend(Json.object(wanted, "backend"), path + ".backend");
    }

    private void backend(Map<String, Object> backend, String path) {
        if (backend.get("resource") != null) {
            if (backend.get("service") != null) {
                findings.invalid(path, "", "cannot set both resource and service backends");
            }
            return;
        }
        var service = Json.object(backend, "service");
        if (Json.string(service, "name").isEmpty()) {
            findings.required(path + ".service.name");
        }
        var port = Json.object(service, "port");
        var number = port.get("number");
        if (Json.string(port, "name").isEmpty() && (number == null || number.equals(0L))) {
            findings.required(path + ".service.port", "port name or number is required");
        } else {
            findings.port(path + ".service.port.number", number);
        }
    }
}
