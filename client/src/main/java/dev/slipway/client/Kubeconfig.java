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
import java.util.Map;

/// The part of a kubeconfig file that its current context points to: where the API is, and how to be known there.
///
/// @param authority the certificate of the API's authority in PEM, empty where the system's are good
/// @param token shown as bearer, empty for none
/// @param certificate what the client shows in the handshake, in PEM, empty for none
/// @param key of that certificate, in PEM
/// @param namespace that commands are about unless they say otherwise
public record Kubeconfig(
        URI server,
        String authority,
        String token,
        String certificate,
        String key,
        String namespace) {
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
        var namespace = Json.string(context, "namespace");
        return new Kubeconfig(
                URI.create(server),
                pem(cluster, "certificate-authority", file),
                token(user, file),
                pem(user, "client-certificate", file),
                pem(user, "client-key", file),
                namespace.isEmpty() ? "default" : namespace);
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
