package dev.slipway.kernel.kind;

import dev.slipway.kernel.model.Json;
import java.util.ArrayList;
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
        findings.invalid(path + ".host", host, hostProblems(host));
        if (rule.get("http") instanceof Map<?, ?> http
                && FieldChecks.isEmpty(Json.cast(http).get("paths"))) {
            findings.required(path + ".http.paths");
        }
        var paths = CustomKinds.objects(Json.object(rule, "http"), "paths");
        for (int i = 0; i < paths.size(); i++) {
            path(paths.get(i), path + ".http.paths[" + i + "]");
        }
    }

    /// What is wrong with the name of a host, which may begin with `*.`; none is any.
    static List<String> hostProblems(String host) {
        if (host.isEmpty()) {
            return List.of();
        }
        if (Addresses.isAddress(host)) {
            return List.of("must be a DNS name, not an IP address");
        }
        return MetadataRules.subdomain(host.startsWith("*.") ? host.substring(2) : host);
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
        } else if (!"ImplementationSpecific".equals(type)) {
            findings.invalid(path + ".path", text, sequences(text));
        }
        backend(Json.object(wanted, "backend"), path + ".backend");
    }

    /// What in a path would be read in two ways.
    private static List<String> sequences(String path) {
        var problems = new ArrayList<String>();
        for (var part : List.of("//", "/./", "/../", "%2f", "%2F")) {
            if (path.contains(part)) {
                problems.add("must not contain '" + part + "'");
            }
        }
        for (var end : List.of("/..", "/.")) {
            if (path.endsWith(end)) {
                problems.add("cannot end with '" + end + "'");
            }
        }
        return problems;
    }

    private void backend(Map<String, Object> backend, String path) {
        if (backend.get("resource") != null) {
            if (backend.get("service") != null) {
                findings.invalid(path, "", "cannot set both resource and service backends");
            }
            return;
        }
        if (backend.get("service") == null) {
            findings.invalid(path, "", "resource or service backend is required");
            return;
        }
        var service = Json.object(backend, "service");
        var name = Json.string(service, "name");
        if (name.isEmpty()) {
            findings.required(path + ".service.name");
        } else {
            findings.invalid(path + ".service.name", name, MetadataRules.label(name));
        }
        port(Json.object(service, "port"), path + ".service.port");
    }

    private void port(Map<String, Object> port, String path) {
        var number = port.get("number");
        var name = Json.string(port, "name");
        var numbered = number != null && !number.equals(0L);
        if (name.isEmpty() && !numbered) {
            findings.required(path, "port name or number is required");
        } else if (!name.isEmpty() && numbered) {
            findings.invalid(path, "", "cannot set both port name & port number");
        } else if (numbered) {
            findings.port(path + ".number", number);
        } else {
            FieldChecks.portName().check(name, path + ".name", findings);
        }
    }
}
