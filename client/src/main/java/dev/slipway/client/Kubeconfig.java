package dev.slipway.client;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.MalformedException;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.model.Yaml;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/// The part of a kubeconfig file that its current context points to: where the API is, and how to be known there.
///
/// @param trust by what the API is known
/// @param token shown as bearer, empty for none
/// @param certificate what the client shows in the handshake, in PEM, empty for none
/// @param key of that certificate, in PEM
/// @param namespace that commands are about unless they say otherwise
public record Kubeconfig(
        URI server,
        ServerTrust trust,
        String token,
        String certificate,
        String key,
        String namespace) {
    private static final Map<String, String> PROXIES =
            Map.of("proxy-url", "reach the API without a proxy");

    private static final Map<String, String> FOREIGN_LOGINS = foreignLogins();

    private static Map<String, String> foreignLogins() {
        var instead = "use a token or a client certificate, `kubectl create token` makes one";
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("exec", instead);
        fields.put("auth-provider", instead);
        fields.put("username", instead);
        fields.put("as", "use the credentials of who shall act");
        return fields;
    }

    /// The certificate of the API's authority in PEM, empty where the system's are good.
    public String authority() {
        return trust.authority();
    }

    /// Reads a file; a problem of it is told with its path.
    public static Kubeconfig read(Path file) {
        try {
            if (!(Yaml.read(Files.readAllBytes(file)) instanceof Map<?, ?> map)) {
                throw bad(file, "it is empty");
            }
            return of(Json.cast(map), file);
        } catch (IOException e) {
            throw bad(file, e.getClass().getSimpleName() + " " + e.getMessage());
        } catch (MalformedException | IllegalArgumentException e) {
            throw bad(file, String.valueOf(e.getMessage()));
        }
    }

    private static Kubeconfig of(Map<String, Object> config, Path file) throws IOException {
        var context = named(config, "contexts", "context", Json.string(config, "current-context"));
        var cluster = named(config, "clusters", "cluster", Json.string(context, "cluster"));
        var user = named(config, "users", "user", Json.string(context, "user"));
        var server = Json.string(cluster, "server");
        if (server.isEmpty()) {
            throw bad(file, "its current context names no cluster with a server");
        }
        refuse(cluster, PROXIES, file);
        refuse(user, FOREIGN_LOGINS, file);
        var namespace = Json.string(context, "namespace");
        return new Kubeconfig(
                URI.create(server),
                trust(cluster, file),
                token(user, file),
                pem(user, "client-certificate", file),
                pem(user, "client-key", file),
                namespace.isEmpty() ? "default" : namespace);
    }

    private static ServerTrust trust(Map<String, Object> cluster, Path file) throws IOException {
        var trust =
                new ServerTrust(
                        pem(cluster, "certificate-authority", file),
                        Json.string(cluster, "tls-server-name"),
                        Boolean.TRUE.equals(cluster.get("insecure-skip-tls-verify")));
        if (trust.insecure() && !trust.authority().isEmpty()) {
            throw bad(
                    file,
                    "its cluster has a certificate-authority and insecure-skip-tls-verify: take one of them out");
        }
        return trust;
    }

    /// What would be passed over in silence otherwise: somebody else would be asked, or as somebody else.
    private static void refuse(Map<String, Object> part, Map<String, String> fields, Path file) {
        fields.forEach((field, instead) -> {
            var value = part.get(field);
            if (value != null && !"".equals(value)) {
                throw bad(
                        file, "it has `%s`, which is not supported: %s".formatted(field, instead));
            }
        });
    }

    private static Map<String, Object> named(
            Map<String, Object> config, String list, String key, String name) {
        return Json.list(config, list).stream()
                .filter(Map.class::isInstance)
                .map(entry -> Json.cast((Map<?, ?>) entry))
                .filter(entry -> Json.string(entry, "name").equals(name))
                .map(entry -> Json.object(entry, key))
                .findFirst()
                .orElse(Map.of());
    }

    /// A text in PEM that stands in the file itself, or in another one that it names.
    private static String pem(Map<String, Object> part, String key, Path file) throws IOException {
        var data = Json.string(part, key + "-data");
        if (!data.isEmpty()) {
            return new String(Base64.getMimeDecoder().decode(data), StandardCharsets.US_ASCII);
        }
        return beside(file, Json.string(part, key));
    }

    private static String token(Map<String, Object> user, Path file) throws IOException {
        var token = Json.string(user, "token");
        return token.isEmpty() ? beside(file, Json.string(user, "tokenFile")).strip() : token;
    }

    /// The text of a file that is named relative to the kubeconfig; empty where none is named.
    private static String beside(Path file, String name) throws IOException {
        return name.isEmpty() ? "" : Files.readString(file.resolveSibling(name));
    }

    private static RuntimeException bad(Path file, String why) {
        return Problem.of(
                        Reason.BAD_REQUEST, "cannot use the kubeconfig %s: %s".formatted(file, why))
                .exception();
    }
}
