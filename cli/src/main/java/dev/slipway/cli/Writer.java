package dev.slipway.cli;

import dev.slipway.client.ApiClient;
import dev.slipway.client.ApiClient.Call;
import dev.slipway.client.ApiClient.Reply;
import dev.slipway.client.StatusProblems;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.model.ProblemException;
import dev.slipway.kernel.model.Resource;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// Applies and deletes objects, one at a time, and tells what came of each. One thread.
final class Writer {
    static final String MANAGER = "slipway-cli";

    /// How often and how long apart a deleted object is looked for.
    static final int ATTEMPTS = 600;

    static final Duration APART = Duration.ofMillis(100);

    private static final Pattern WARNING = Pattern.compile("299 \\S+ \"((?:[^\"\\\\]|\\\\.)*)\"");

    private final ApiClient api;
    private final ServedKinds kinds;
    private final String namespace;
    private final Consumer<Duration> pause;
    private boolean wrote;

    /// @param namespace where objects go that do not say it themselves
    Writer(ApiClient api, ServedKinds kinds, String namespace, Consumer<Duration> pause) {
        this.api = api;
        this.kinds = kinds;
        this.namespace = namespace;
        this.pause = pause;
    }

    /// Server-side apply of a document.
    ///
    /// @param dryRun whether nothing is stored
    /// @param force whether fields of other managers are taken over
    Outcome apply(Document document, boolean dryRun, boolean force) {
        return attempt(document, object -> applied(object, dryRun, force));
    }

    /// Deletes what a document names.
    Outcome delete(Document document, Cascade cascade, boolean wait) {
        return attempt(
                document,
                object -> {
                    var kind = kinds.of(object.apiVersion(), object.kind(), false);
                    return deleted(kind, place(kind, object), object.name(), cascade, wait);
                });
    }

    /// Deletes one object by name.
    Outcome delete(ServedKind kind, String name, Cascade cascade, boolean wait) {
        try {
            return deleted(kind, kind.namespaced() ? namespace : "", name, cascade, wait);
        } catch (ProblemException e) {
            return new Outcome.Failed(kind.shownAs() + "/" + name, Outcome.line(e.problem()));
        }
    }

    private interface Write {
        Outcome of(Resource object);
    }

    private static Outcome attempt(Document document, Write write) {
        return switch (document) {
            case Document.Unreadable(var place, var problem) -> new Outcome.Failed(place, problem);
            case Document.Parsed(var place, var object) -> {
                try {
                    yield write.of(object);
                } catch (ProblemException e) {
                    yield new Outcome.Failed(
                            place,
                            "%s %s:%s"
                                    .formatted(
                                            object.kind(),
                                            object.name(),
                                            Outcome.block(e.problem())));
                }
            }
        };
    }

    // ---- apply

    private Outcome applied(Resource object, boolean dryRun, boolean force) {
        var kind = kinds.of(object.apiVersion(), object.kind(), wrote);
        var place = place(kind, object);
        var path = kind.path(place, object.name());
        var before = api.find(path);
        var reply = send(path, body(object, place), dryRun, force);
        wrote |= !dryRun;
        return new Outcome.Done(
                kind.shownAs() + "/" + object.name(),
                result(before, reply.object()) + (dryRun ? " (dry run)" : ""),
                reply.object(),
                reply.warnings());
    }

    private record Answer(Resource object, List<String> warnings) {}

    private Answer send(String path, Resource object, boolean dryRun, boolean force) {
        var target =
                "%s?fieldManager=%s&fieldValidation=Strict%s%s"
                        .formatted(
                                path,
                                MANAGER,
                                force ? "&force=true" : "",
                                dryRun ? "&dryRun=All" : "");
        var call =
                Call.with("PATCH", target, object.tree())
                        .header("Content-Type", "application/apply-patch+yaml");
        try (var reply = api.send(call)) {
            return new Answer(read(reply), warnings(reply));
        }
    }

    private static Resource read(Reply reply) {
        try {
            var bytes = reply.body().readAllBytes();
            if (!reply.ok()) {
                throw StatusProblems.read(reply.status(), bytes).exception();
            }
            return new Resource(Json.readObject(bytes));
        } catch (IOException e) {
            throw Problem.of(Reason.SERVICE_UNAVAILABLE, "the answer broke off: " + e.getMessage())
                    .exception();
        }
    }

    private static List<String> warnings(Reply reply) {
        return WARNING.matcher(reply.headers().getOrDefault("warning", ""))
                .results()
                .map(match -> match.group(1).replaceAll("\\\\(.)", "$1"))
                .toList();
    }

    private static String result(Optional<Resource> before, Resource after) {
        if (before.isEmpty()) {
            return "created";
        }
        return before.get().resourceVersion().equals(after.resourceVersion())
                ? "unchanged"
                : "configured";
    }

    /// The namespace that an object goes into; empty for a cluster-scoped kind.
    private String place(ServedKind kind, Resource object) {
        if (!kind.namespaced()) {
            return "";
        }
        return object.namespace().isEmpty() ? namespace : object.namespace();
    }

    private static Resource body(Resource object, String namespace) {
        if (namespace.isEmpty() || !object.namespace().isEmpty()) {
            return object;
        }
        Map<String, Object> tree = new LinkedHashMap<>(object.tree());
        Map<String, Object> metadata = new LinkedHashMap<>(object.metadata());
        metadata.put("namespace", namespace);
        tree.put("metadata", metadata);
        return new Resource(tree);
    }

    // ---- delete

    private Outcome deleted(
            ServedKind kind, String place, String name, Cascade cascade, boolean wait) {
        var path = kind.path(place, name);
        var before = api.get(path);
        Map<String, Object> options =
                Map.of(
                        "kind",
                        "DeleteOptions",
                        "apiVersion",
                        "v1",
                        "propagationPolicy",
                        cascade.policy());
        api.json(Call.with("DELETE", path, options));
        var shownAs = kind.shownAs() + "/" + name;
        if (wait && !gone(path, before.uid())) {
            return new Outcome.Failed(
                    shownAs,
                    "is still being deleted after %d s; its finalizers: %s"
                            .formatted(
                                    APART.multipliedBy(ATTEMPTS).toSeconds(),
                                    String.join(", ", api.get(path).finalizers())));
        }
        return new Outcome.Done(shownAs, "deleted", before, List.of());
    }

    private boolean gone(String path, String uid) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (api.find(path).filter(live -> live.uid().equals(uid)).isEmpty()) {
                return true;
            }
            pause.accept(APART);
        }
        return false;
    }
}
