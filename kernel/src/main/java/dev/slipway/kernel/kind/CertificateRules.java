package dev.slipway.kernel.kind;

import dev.slipway.kernel.access.CertificateRequest;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The rules of requests for certificates: what may be asked for, and how it is decided.
record CertificateRules(Findings findings) {
    private static final int SHORTEST = 600;
    private static final Set<String> DECISIONS = Set.of("Approved", "Denied");
    private static final Set<String> FINAL = Set.of("Approved", "Denied", "Failed");
    private static final List<String> USAGES =
            List.of(
                    "any",
                    "cert sign",
                    "client auth",
                    "code signing",
                    "content commitment",
                    "crl sign",
                    "data encipherment",
                    "decipher only",
                    "digital signature",
                    "email protection",
                    "encipher only",
                    "ipsec end system",
                    "ipsec tunnel",
                    "ipsec user",
                    "key agreement",
                    "key encipherment",
                    "microsoft sgc",
                    "netscape sgc",
                    "ocsp signing",
                    "s/mime",
                    "server auth",
                    "signing",
                    "timestamping");

    void check(Resource request, Optional<Resource> old) {
        request(Json.string(request.spec(), "request"));
        usages(Json.list(request.spec(), "usages"));
        signer(Json.string(request.spec(), "signerName"));
        if (request.spec().get("expirationSeconds") instanceof Long seconds && seconds < SHORTEST) {
            findings.invalid(
                    "spec.expirationSeconds",
                    seconds,
                    "may not specify a duration less than 600 seconds (10 minutes)");
        }
        var conditions = CustomKinds.objects(request.status(), "conditions");
        conditions(conditions);
        old.ifPresent(before -> kept(types(before), types(request)));
        certificate(Json.string(request.status(), "certificate"));
    }

    private void request(String encoded) {
        try {
            CertificateRequest.read(Base64.getDecoder().decode(encoded));
        } catch (IllegalArgumentException e) {
            findings.invalid("spec.request", encoded, String.valueOf(e.getMessage()));
        }
    }

    private void usages(List<Object> usages) {
        if (usages.isEmpty()) {
            findings.required("spec.usages");
        }
        var seen = new HashSet<Object>();
        for (int i = 0; i < usages.size(); i++) {
            findings.oneOf("spec.usages[" + i + "]", usages.get(i), USAGES);
            if (!seen.add(usages.get(i))) {
                findings.duplicate("spec.usages[" + i + "]", usages.get(i));
            }
        }
    }

    private void signer(String name) {
        var parts = name.split("/", -1);
        if (name.isEmpty()) {
            findings.required("spec.signerName");
        } else if (name.equals("kubernetes.io/legacy-unknown")) {
            findings.invalid(
                    "spec.signerName",
                    name,
                    "the legacy signerName is not allowed via this API version");
        } else if (parts.length != 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
            findings.invalid(
                    "spec.signerName",
                    name,
                    "must be a fully qualified domain and path of the form 'example.com/signer-name'");
        } else {
            findings.invalid("spec.signerName", parts[0], MetadataRules.subdomain(parts[0]));
            findings.invalid("spec.signerName", parts[1], MetadataRules.subdomain(parts[1]));
        }
    }

    private void conditions(List<Map<String, Object>> conditions) {
        var seen = new HashSet<String>();
        for (int i = 0; i < conditions.size(); i++) {
            condition(conditions.get(i), "status.conditions[" + i + "]", seen);
        }
    }

    private void condition(Map<String, Object> condition, String path, Set<String> seen) {
        var type = Json.string(condition, "type");
        var status = Json.string(condition, "status");
        if (type.isEmpty()) {
            findings.required(path + ".type");
        }
        if (status.isEmpty()) {
            findings.required(path + ".status");
        } else {
            findings.oneOf(
                    path + ".status",
                    status,
                    FINAL.contains(type) ? List.of("True") : List.of("False", "True", "Unknown"));
        }
        if (DECISIONS.contains(type)
                && DECISIONS.stream().anyMatch(one -> !one.equals(type) && seen.contains(one))) {
            findings.invalid(
                    path + ".type", type, "Approved and Denied conditions are mutually exclusive");
        }
        if (!seen.add(type)) {
            findings.duplicate(path + ".type", type);
        }
    }

    /// What was decided stays.
    private void kept(List<String> before, List<String> now) {
        before.stream()
                .filter(type -> FINAL.contains(type) && !now.contains(type))
                .forEach(type ->
                        findings.forbidden(
                                "status.conditions",
                                "updates may not remove a condition of type \"%s\""
                                        .formatted(type)));
    }

    private static List<String> types(Resource request) {
        return CustomKinds.objects(request.status(), "conditions").stream()
                .map(condition -> Json.string(condition, "type"))
                .toList();
    }

    private void certificate(String encoded) {
        if (encoded.isEmpty()) {
            return;
        }
        var text = decoded(encoded);
        if (!text.contains("-----BEGIN CERTIFICATE-----")) {
            findings.invalid(
                    "status.certificate",
                    "<certificate data>",
                    "must contain at least one CERTIFICATE PEM block");
        }
    }

    private static String decoded(String encoded) {
        try {
            return new String(
                    Base64.getDecoder().decode(encoded),
                    java.nio.charset.StandardCharsets.ISO_8859_1);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
