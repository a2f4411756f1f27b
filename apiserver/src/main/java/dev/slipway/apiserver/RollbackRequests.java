package dev.slipway.apiserver;

import dev.slipway.apiserver.past.PlanAnswer;
import dev.slipway.apiserver.wire.Answers;
import dev.slipway.apiserver.wire.Bodies;
import dev.slipway.apiserver.wire.Representation;
import dev.slipway.client.web.WebRequest;
import dev.slipway.client.web.WebResponse;
import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.ProblemException;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.past.Past;
import dev.slipway.kernel.resources.Resources;
import dev.slipway.kernel.rollback.Rollback;
import dev.slipway.kernel.rollback.Rollbacks;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Answers `POST /apis/slipway.dev/v1alpha1/rollbacks`: a `Rollback` is carried out, never stored. Thread-safe.
///
/// ```yaml
/// spec:
///   object: {apiVersion: v1, kind: ConfigMap, namespace: default, name: web}
///   to: 71                # a revision or a time
///   withChildren: true
///   # or, instead of all that:
///   cause: 71             # a revision, or what revisions were noted with
///   # or, where that is a number:
///   noted: "4711"
/// ```
final class RollbackRequests {
    private final Resources resources;
    private final Rollbacks rollbacks;
    private final Past past;
    private final Rights rights;

    RollbackRequests(Resources resources, Rollbacks rollbacks, Past past, Rights rights) {
        this.resources = resources;
        this.rollbacks = rollbacks;
        this.past = past;
        this.rights = rights;
    }

    /// Whether a path is that of rollbacks.
    static boolean concerns(RequestPath path) {
        return path.group().equals(RollbackKind.GROUP)
                && path.version().equals(RollbackKind.VERSION)
                && path.plural().equals(RollbackKind.PLURAL);
    }

    WebResponse answer(WebRequest request, RequestPath path) {
        if (!request.method().equals("POST") || !path.name().isEmpty()) {
            throw Routes.noMethod();
        }
        var form = Representation.of(request);
        var options = WriteRequests.options(request, "CreateOptions");
        var rollback = rollback(Bodies.object(request, RollbackKind.KIND).tree());
        var done =
                rollbacks.run(
                        rollback,
                        (verb, key) -> rights.demand(request.identity(), verb, key),
                        options);
        var tree = PlanAnswer.of(rollback, done, options.dryRun());
        return Writes.warn(Answers.tree(options.dryRun() ? 200 : 201, tree, form), done.warnings());
    }

    private Rollback rollback(Map<String, Object> body) {
        if (!Json.string(body, "kind").equals(RollbackKind.KIND)
                || !Json.string(body, "apiVersion")
                        .equals(RollbackKind.GROUP + "/" + RollbackKind.VERSION)) {
            throw Problem.badRequest(
                            "the body must be a %s of %s/%s"
                                    .formatted(
                                            RollbackKind.KIND,
                                            RollbackKind.GROUP,
                                            RollbackKind.VERSION))
                    .exception();
        }
        var spec = Json.object(body, "spec");
        var cause = text(spec, "cause");
        var noted = text(spec, "noted");
        var wishes =
                Stream.of(cause.isPresent(), noted.isPresent(), spec.containsKey("object"))
                        .filter(given -> given)
                        .count();
        if (wishes != 1) {
            throw invalid(
                    FieldCause.required(
                            "spec", "either object and to, or cause, or noted, and one of them"));
        }
        return noted.<Rollback>map(Rollback.OfNote::new)
                .or(() -> cause.map(RollbackRequests::ofCause))
                .orElseGet(() -> ofObject(spec));
    }

    private static Rollback ofCause(String cause) {
        return cause.matches("[0-9]{1,18}")
                ? new Rollback.OfRevision(Long.parseLong(cause))
                : new Rollback.OfNote(cause);
    }

    private Rollback ofObject(Map<String, Object> spec) {
        var to =
                text(spec, "to")
                        .orElseThrow(() ->
                                invalid(
                                        FieldCause.required(
                                                "spec.to", "the revision or time to go back to")));
        return new Rollback.OfObject(
                key(Json.object(spec, "object")),
                past.number("spec.to", to),
                Boolean.TRUE.equals(spec.get("withChildren")));
    }

    private ResourceKey key(Map<String, Object> object) {
        var apiVersion = Json.string(object, "apiVersion");
        var kind = Json.string(object, "kind");
        var name = Json.string(object, "name");
        var served =
                resources
                        .kinds()
                        .byKind(apiVersion, kind)
                        .orElseThrow(() ->
                                invalid(
                                        FieldCause.invalid(
                                                "spec.object.kind",
                                                kind,
                                                "no such kind is served in \"%s\""
                                                        .formatted(apiVersion))));
        if (name.isEmpty()) {
            throw invalid(FieldCause.required("spec.object.name", ""));
        }
        var namespace = Json.string(object, "namespace");
        if (served.kind().namespaced() == namespace.isEmpty()) {
            throw invalid(
                    served.kind().namespaced()
                            ? FieldCause.required("spec.object.namespace", "")
                            : FieldCause.forbidden(
                                    "spec.object.namespace", kind + " lives in no namespace"));
        }
        return served.kind().key().resource(namespace, name);
    }

    /// A text or a number; the empty text is none.
    private static Optional<String> text(Map<String, Object> spec, String key) {
        return switch (spec.get(key)) {
            case String text when !text.isBlank() -> Optional.of(text.strip());
            case Long number -> Optional.of(number.toString());
            case null -> Optional.empty();
            default ->
                    throw invalid(
                            FieldCause.invalid(
                                    "spec." + key,
                                    Json.text(spec.get(key)),
                                    "must be a text or a number"));
        };
    }

    private static ProblemException invalid(FieldCause cause) {
        return Problem.invalid(RollbackKind.GROUP, RollbackKind.KIND, "", List.of(cause))
                .exception();
    }
}
