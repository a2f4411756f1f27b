package dev.slipway.kernel.kind;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.MalformedException;
import dev.slipway.kernel.model.Resource;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// The rules of config maps and secrets.
///
/// @param findings where problems are added
/// @param old what the object replaces
record DataRules(Findings findings, Resource object, Optional<Resource> old) {
    /// The values of one object together, in bytes.
    static final int MAX_BYTES = 1_048_576;

    private static final int MAX_KEY = 253;

    void configMap() {
        var texts = Json.object(object.tree(), "data");
        var binaries = Json.object(object.tree(), "binaryData");
        keys(texts, "data");
        keys(binaries, "binaryData");
        texts.keySet().stream()
                .filter(binaries::containsKey)
                .forEach(key ->
                        findings.invalid(
                                "data[" + key + "]",
                                key,
                                "duplicate of key present in binaryData"));
        if (bytes(texts) + encodedBytes(binaries) > MAX_BYTES) {
            findings.tooLong("[]", MAX_BYTES);
        }
        immutable(List.of("data", "binaryData"));
    }

    void secret() {
        var data = Json.object(object.tree(), "data");
        keys(data, "data");
        if (encodedBytes(data) > MAX_BYTES) {
            findings.tooLong("data", MAX_BYTES);
        }
        typed(Json.string(object.tree(), "type"), data);
        immutable(List.of("data"));
        old.ifPresent(before ->
                findings.unchanged("type", before.tree().get("type"), object.tree().get("type")));
    }

    private void typed(String type, Map<String, Object> data) {
        switch (type) {
            case "kubernetes.io/service-account-token" -> {
                var annotation = "kubernetes.io/service-account.name";
                if (object.annotation(annotation).orElse("").isEmpty()) {
                    findings.required("metadata.annotations[" + annotation + "]");
                }
            }
            case "kubernetes.io/dockercfg" -> json(data, ".dockercfg");
            case "kubernetes.io/dockerconfigjson" -> json(data, ".dockerconfigjson");
            case "kubernetes.io/basic-auth" -> {
                if (!data.containsKey("username") && !data.containsKey("password")) {
                    needs(data, "username");
                    needs(data, "password");
                }
            }
            case "kubernetes.io/ssh-auth" -> needs(data, "ssh-privatekey");
            case "kubernetes.io/tls" -> {
                needs(data, "tls.crt");
                needs(data, "tls.key");
            }
            default -> {}
        }
    }

    private void needs(Map<String, Object> data, String key) {
        if (!data.containsKey(key)) {
            findings.required("data[" + key + "]");
        }
    }

    /// The value of a secret is never repeated, not even where it is wrong.
    private void json(Map<String, Object> data, String key) {
        needs(data, key);
        if (!(data.get(key) instanceof String encoded)) {
            return;
        }
        try {
            Json.read(Base64.getDecoder().decode(encoded));
        } catch (MalformedException | IllegalArgumentException e) {
            findings.invalid("data[" + key + "]", "<secret contents redacted>", problem(encoded));
        }
    }

    private static String problem(String encoded) {
        try {
            var text = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
            return text.isBlank() || "{[\"-0123456789tfn".indexOf(text.strip().charAt(0)) >= 0
                    ? "unexpected end of JSON input"
                    : "invalid character '%s' looking for beginning of value"
                            .formatted(text.strip().charAt(0));
        } catch (IllegalArgumentException e) {
            return "is not base64";
        }
    }

    private void keys(Map<String, Object> data, String field) {
        for (var key : data.keySet()) {
            var path = field + "[" + key + "]";
            if (key.length() > MAX_KEY) {
                findings.invalid(path, key, "must be no more than 253 bytes");
            }
            findings.invalid(path, key, MetadataRules.dataKey(key));
        }
    }

    private void immutable(List<String> fields) {
        if (old.isEmpty() || !Boolean.TRUE.equals(old.get().tree().get("immutable"))) {
            return;
        }
        if (!Boolean.TRUE.equals(object.tree().get("immutable"))) {
            findings.forbidden("immutable", "field is immutable when `immutable` is set");
        }
        for (var field : fields) {
            if (!Objects.equals(old.get().tree().get(field), object.tree().get(field))) {
                findings.forbidden(field, "field is immutable when `immutable` is set");
            }
        }
    }

    private static long bytes(Map<String, Object> data) {
        return data.values().stream()
                .mapToLong(value -> String.valueOf(value).getBytes(StandardCharsets.UTF_8).length)
                .sum();
    }

    private static long encodedBytes(Map<String, Object> data) {
        return data.values().stream()
                .mapToLong(value -> String.valueOf(value).length() / 4L * 3)
                .sum();
    }
}
