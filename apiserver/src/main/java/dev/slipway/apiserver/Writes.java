package dev.slipway.apiserver;

import dev.slipway.apiserver.read.Lists;
import dev.slipway.apiserver.table.Tables;
import dev.slipway.apiserver.wire.Answers;
import dev.slipway.apiserver.wire.Bodies;
import dev.slipway.apiserver.wire.Representation;
import dev.slipway.apiserver.wire.Statuses;
import dev.slipway.apiserver.wire.Tree;
import dev.slipway.apiserver.wire.Warnings;
import dev.slipway.client.web.WebResponse;
import dev.slipway.kernel.kind.Kinds.Served;
import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.model.ProblemException;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.resources.KindsView;
import dev.slipway.kernel.resources.Patch;
import dev.slipway.kernel.resources.Resources;
import dev.slipway.kernel.resources.WriteOptions;
import dev.slipway.kernel.resources.Written;
import dev.slipway.kernel.resources.Written.Effect;
import dev.slipway.kernel.schema.Pruning;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Answers the verbs that write. Thread-safe.
final class Writes {
    private static final String JSON_PATCH = "application/json-patch+json";
    private static final String MERGE_PATCH = "application/merge-patch+json";
    private static final String STRATEGIC_PATCH = "application/strategic-merge-patch+json";
    private static final String APPLY_PATCH = "application/apply-patch+yaml";

    private static final Set<String> RETURNED =
            Set.of(
                    "services",
                    "serviceaccounts",
                    "pods",
                    "podtemplates",
                    "persistentvolumes",
                    "persistentvolumeclaims",
                    "resourcequotas");
    private static final Set<String> RETURNED_GROUPS = Set.of("storage.k8s.io", "resource.k8s.io");

    private final Resources resources;
    private final Lists lists;
    private final Clock clock;

    Writes(Resources resources, Lists lists, Clock clock) {
        this.resources = resources;
        this.lists = lists;
        this.clock = clock;
    }

    WebResponse create(Target target) {
        var form = Representation.of(target.request());
        var options = WriteRequests.options(target.request(), "CreateOptions");
        var body = body(target);
        var warnings = duplicates(target, body, options);
        var written = resources.create(target.served(), target.namespace(), body.tree(), options);
        if (target.served().kind().key().equals(KindsView.CRDS)) {
            unjudged(written.object());
        }
        return answer(target, form, written, warnings);
    }

    /// Clients know a definition that was just made by conditions that are null; those who read it later get a list.
    private static void unjudged(Resource definition) {
        if (definition.tree().get("status") instanceof Map<?, ?> status
                && Json.list(Json.cast(status), "conditions").isEmpty()) {
            Json.put(Json.cast(status), "conditions", null);
        }
    }

    WebResponse update(Target target) {
        var form = Representation.of(target.request());
        var options = WriteRequests.options(target.request(), "UpdateOptions");
        var body = body(target);
        var warnings = duplicates(target, body, options);
        var written =
                resources.update(
                        target.served(),
                        target.namespace(),
                        target.name(),
                        target.subresource(),
                        body.tree(),
                        options);
        return answer(target, form, written, warnings);
    }

    WebResponse patch(Target target) {
        var form = Representation.of(target.request());
        var options = WriteRequests.options(target.request(), "PatchOptions");
        checkType(target);
        checkForce(target);
        var value = Bodies.patch(target.request());
        var warnings =
                isYaml(target) && !isJson(value)
                        ? WriteRequests.repeated(value.duplicates(), options)
                        : duplicates(target, value.duplicates(), List.of(), options);
        var patch = patch(target, value);
        var odd =
                patch instanceof Patch.Json(var operations)
                        ? PatchOperations.check(operations, options.strictness())
                        : List.<String>of();
        var written =
                resources.patch(
                        target.served(),
                        target.namespace(),
                        target.name(),
                        target.subresource(),
                        patch,
                        options);
        return answer(
                target, form, written, Stream.concat(odd.stream(), warnings.stream()).toList());
    }

    WebResponse delete(Target target) {
        var form = Representation.of(target.request());
        var deletion = Deletions.of(target.request());
        var options = deletion.apply(WriteRequests.options(target.request(), "DeleteOptions"));
        var written =
                resources.delete(
                        target.served(),
                        target.namespace(),
                        target.name(),
                        deletion.how(),
                        options);
        var tree =
                written.effect() == Effect.TERMINATING || isReturned(target.served())
                        ? written.object().tree()
                        : Statuses.deleted(
                                target.path().group(),
                                target.path().plural(),
                                target.name(),
                                written.object().uid());
        return warn(Answers.tree(200, tree, form), written.warnings());
    }

    /// Whether the deleted object itself is the answer, as with those that may be deleted gracefully.
    private static boolean isReturned(Served served) {
        var kind = served.kind();
        return kind.rules().builtIn()
                && (RETURNED_GROUPS.contains(kind.group())
                        || (kind.group().isEmpty() && RETURNED.contains(kind.names().plural())));
    }

    /// Deletes what a list selects, one by one; what is gone meanwhile is no mistake.
    WebResponse deleteCollection(Target target) {
        var deletion = Deletions.of(target.request());
        var options = deletion.apply(WriteRequests.options(target.request(), "DeleteOptions"));
        return lists.deleted(
                target.request(),
                target.served(),
                target.namespace(),
                key -> deleteOne(target, key, deletion, options),
                () -> resources.state().revision());
    }

    private void deleteOne(
            Target target, ResourceKey key, Deletions deletion, WriteOptions options) {
        try {
            resources.delete(target.served(), key.namespace(), key.name(), deletion.how(), options);
        } catch (ProblemException e) {
            if (e.problem().reason() != Reason.NOT_FOUND) {
                throw e;
            }
        }
    }

    /// A written object in the form that was asked for.
    WebResponse answer(Target target, Representation form, Written written, List<String> warnings) {
        var all = new ArrayList<>(warnings);
        all.addAll(written.warnings());
        var status = written.effect() == Effect.CREATED ? 201 : 200;
        return warn(object(target, form, written.object(), status, clock), all);
    }

    /// An object in the form that was asked for.
    static WebResponse object(
            Target target, Representation form, Resource object, int status, Clock clock) {
        var tree =
                switch (form.shape()) {
                    case WHOLE -> object.tree();
                    case METADATA -> Tables.partial(object);
                    case TABLE ->
                            new Tables(target.served(), target.request(), clock)
                                    .table(
                                            List.of(object),
                                            Tree.of("resourceVersion", object.resourceVersion()),
                                            true);
                };
        return Answers.tree(status, tree, form);
    }

    /// One more warning beside those that are there.
    static WebResponse warnAlso(WebResponse response, String warning) {
        var header = Warnings.header(List.of(warning));
        var before = response.headers().get("Warning");
        return Answers.with(response, "Warning", before == null ? header : before + ", " + header);
    }

    static WebResponse warn(WebResponse response, List<String> warnings) {
        return warnings.isEmpty()
                ? response
                : Answers.with(response, "Warning", Warnings.header(warnings));
    }

    private static Bodies.Body body(Target target) {
        var kind = target.served().names().kind();
        var body = Bodies.object(target.request(), kind);
        if (!target.served().kind().rules().builtIn()
                && Json.string(body.tree(), "kind").isEmpty()) {
            throw Bodies.kindMissing(target.request(), kind);
        }
        return body;
    }

    /// A strict refusal names all that is unknown before what is there twice.
    private static List<String> duplicates(Target target, Bodies.Body body, WriteOptions options) {
        var schema = target.served().version().schema();
        var unknown =
                body.duplicates().isEmpty()
                        ? List.<String>of()
                        : Pruning.prune(Json.copy(body.tree()), schema);
        return duplicates(target, body.duplicates(), unknown, options);
    }

    private static List<String> duplicates(
            Target target, List<String> paths, List<String> unknown, WriteOptions options) {
        var served = target.served();
        return WriteRequests.duplicates(
                paths, unknown, options, served.names().kind(), served.version().name());
    }

    private static boolean isYaml(Target target) {
        return Bodies.mediaType(target.request()).equals(APPLY_PATCH);
    }

    /// Repeated keys of YAML are told with their lines, those of JSON with their paths.
    private static boolean isJson(Bodies.Value value) {
        return value.duplicates().stream().noneMatch(one -> one.startsWith("line "));
    }

    private static void checkType(Target target) {
        var type = Bodies.mediaType(target.request());
        var strategic = type.equals(STRATEGIC_PATCH) && target.served().kind().rules().builtIn();
        if (!strategic && !List.of(JSON_PATCH, MERGE_PATCH, APPLY_PATCH).contains(type)) {
            throw unsupported(target);
        }
    }

    static void checkForce(Target target) {
        var request = target.request();
        var applies = Bodies.mediaType(request).equals(APPLY_PATCH);
        if (applies && request.parameter("fieldManager").orElse("").isEmpty()) {
            throw invalid(FieldCause.required("fieldManager", "is required for apply patch"));
        }
        if (!applies && request.parameter("force").isPresent()) {
            throw invalid(
                    FieldCause.forbidden("force", "may not be specified for non-apply patch"));
        }
    }

    private static RuntimeException invalid(FieldCause cause) {
        return WriteRequests.invalid("PatchOptions", List.of(cause)).exception();
    }

    private static Patch patch(Target target, Bodies.Value value) {
        var type = Bodies.mediaType(target.request());
        return switch (type) {
            case JSON_PATCH -> new Patch.Json(list(value));
            case MERGE_PATCH -> new Patch.Merge(map(value, type));
            case STRATEGIC_PATCH ->
                    new Patch.Strategic(value.value() == null ? Map.of() : map(value, type));
            case APPLY_PATCH -> new Patch.Apply(new Resource(map(value, type)), isForced(target));
            default -> throw unsupported(target);
        };
    }

    /// Whether an apply takes what others own.
    static boolean isForced(Target target) {
        return target.request().flag("force").orElse(false);
    }

    private static List<Object> list(Bodies.Value value) {
        if (value.value() == null) {
            return List.of();
        }
        if (value.value() instanceof List<?> list) {
            return Json.castList(list);
        }
        throw notA(value, JSON_PATCH, "[]handlers.jsonPatchOp");
    }

    static Map<String, Object> map(Bodies.Value value, String type) {
        if (value.value() instanceof Map<?, ?> map) {
            return Json.cast(map);
        }
        throw notA(value, type, "map[string]interface {}");
    }

    private static ProblemException notA(Bodies.Value value, String type, String expected) {
        return Problem.badRequest(
                        "%sjson: cannot unmarshal %s into Go value of type %s"
                                .formatted(
                                        Bodies.undecodable(type),
                                        Bodies.type(value.value()),
                                        expected))
                .exception();
    }

    private static ProblemException unsupported(Target target) {
        if (target.served().kind().rules().builtIn()) {
            return new Problem(
                            Reason.UNSUPPORTED_MEDIA_TYPE,
                            "415: Unsupported Media Type",
                            Optional.of(Problem.Subject.NONE),
                            List.of(),
                            Optional.empty())
                    .exception();
        }
        return Problem.of(
                        Reason.UNSUPPORTED_MEDIA_TYPE,
                        "the body of the request was in an unknown format - accepted media types include: "
                                + String.join(", ", JSON_PATCH, MERGE_PATCH, APPLY_PATCH))
                .exception();
    }
}
