package dev.slipway.apiserver;

import dev.slipway.apiserver.wire.Answers;
import dev.slipway.apiserver.wire.Bodies;
import dev.slipway.apiserver.wire.MediaRange;
import dev.slipway.apiserver.wire.Representation;
import dev.slipway.apiserver.wire.Warnings;
import dev.slipway.client.web.WebRequest;
import dev.slipway.client.web.WebResponse;
import dev.slipway.kernel.kind.Kinds.Served;
import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.ProblemException;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.patch.Succession;
import dev.slipway.kernel.plan.Planner;
import dev.slipway.kernel.plan.Planner.Proposal;
import dev.slipway.kernel.resources.DeleteOptions;
import dev.slipway.kernel.resources.Patch;
import dev.slipway.kernel.resources.Resources;
import dev.slipway.kernel.resources.WriteOptions;
import dev.slipway.kernel.store.StoredObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/// Answers what writes would bring about: `POST /apis/slipway.dev/v1alpha1/plans` for several together, and any dry run
/// whose client wants a `Plan`. Nothing is stored. Thread-safe.
///
/// ```yaml
/// spec:
///   objects: [{apiVersion: …, kind: …, metadata: …, spec: …}]
///   deletions: [{apiVersion: v1, kind: ConfigMap, namespace: default, name: web, propagationPolicy: Orphan}]
/// ```
final class PlanRequests {
    private static final Set<String> WRITES =
            Set.of("create", "update", "patch", "delete", "deletecollection");

    private final Planner planner;
    private final PlanAnswers answers;
    private final Function<Resources, Writes> writes;

    /// @param writes answers the verbs that write, somewhere else
    PlanRequests(Planner planner, PlanAnswers answers, Function<Resources, Writes> writes) {
        this.planner = planner;
        this.answers = answers;
        this.writes = writes;
    }

    /// Whether a path is that of plans.
    static boolean concerns(RequestPath path) {
        return path.group().equals(PlanKind.GROUP)
                && path.version().equals(PlanKind.VERSION)
                && path.plural().equals(PlanKind.PLURAL);
    }

    /// Whether a client wants a plan in place of the object: `application/json;as=Plan;v=v1alpha1;g=slipway.dev`.
    static boolean asksForPlan(WebRequest request) {
        return MediaRange.all(request.header("accept").orElse("")).stream()
                .anyMatch(range ->
                        range.parameter("as").equals(PlanKind.KIND)
                                && range.parameter("g").equals(PlanKind.GROUP)
                                && range.parameter("v").equals(PlanKind.VERSION));
    }

    /// Whether a request is a write of whole objects that stores nothing.
    static boolean isDryWrite(Target target, String verb) {
        return WRITES.contains(verb)
                && target.subresource().isEmpty()
                && target.request().query().containsKey("dryRun");
    }

    // ---- one write

    /// The plan of one write.
    WebResponse answer(Target target, String verb) {
        if (!isDryWrite(target, verb)) {
            throw Problem.badRequest(
                            "a Plan is the answer to a write with dryRun=All: create, update, patch or delete an object with it")
                    .exception();
        }
        var plan = planner.plan(List.of(proposal(target, verb)));
        if (!plan.refused().isEmpty()) {
            throw plan.refused().getFirst().problem().exception();
        }
        return Answers.tree(200, answers.tree(plan, target.request().identity()), plain(target));
    }

    /// What would happen because of a write, in one sentence; empty where nothing would.
    Optional<String> summary(Target target, String verb) {
        try {
            var plan = planner.plan(List.of(proposal(target, verb)));
            return answers.derived(plan, target.request().identity())
                    .map(
                            "plan: %s; ask with Accept: application/json;as=Plan;v=v1alpha1;g=slipway.dev for all of it"
                                    ::formatted);
        } catch (ProblemException e) {
            return Optional.empty();
        }
    }

    private Proposal proposal(Target target, String verb) {
        var wet = new Target(wet(target.request()), target.path(), target.served());
        return overlay -> {
            var there = writes.apply(overlay);
            var answer =
                    switch (verb) {
                        case "create" -> there.create(wet);
                        case "update" -> there.update(wet);
                        case "patch" -> there.patch(wet);
                        case "delete" -> there.delete(wet);
                        default -> there.deleteCollection(wet);
                    };
            return Warnings.each(answer.headers().getOrDefault("Warning", ""));
        };
    }

    /// The same request as one that stores.
    private static WebRequest wet(WebRequest request) {
        var query = new LinkedHashMap<>(request.query());
        query.remove("dryRun");
        var headers = new LinkedHashMap<>(request.headers());
        headers.put("accept", "application/json");
        return new WebRequest(
                request.method(),
                request.path(),
                query,
                headers,
                request.body(),
                request.identity());
    }

    private static Representation plain(Target target) {
        return Representation.of(wet(target.request()));
    }

    // ---- several

    WebResponse answer(WebRequest request, RequestPath path) {
        if (!request.method().equals("POST") || !path.name().isEmpty()) {
            throw Routes.noMethod();
        }
        var form = Representation.of(request);
        var options = WriteRequests.options(request, "CreateOptions");
        var spec = Json.object(Bodies.object(request, PlanKind.KIND).tree(), "spec");
        var proposals = new ArrayList<Proposal>();
        var force = Boolean.TRUE.equals(spec.get("force"));
        var otherwise = Json.string(spec, "namespace");
        for (var object : maps(spec, "objects")) {
            proposals.add(application(object, otherwise, force, options, request));
        }
        for (var object : maps(spec, "deletions")) {
            proposals.add(deletion(object, options, request));
        }
        if (proposals.isEmpty() || proposals.size() > Planner.MAX_PROPOSALS) {
            throw invalid(
                            FieldCause.invalid(
                                    "spec.objects",
                                    (long) proposals.size(),
                                    "from 1 to %d objects are planned together"
                                            .formatted(Planner.MAX_PROPOSALS)))
                    .exception();
        }
        var plan = planner.plan(proposals);
        return Answers.tree(200, answers.tree(plan, request.identity()), form);
    }

    private static List<Map<String, Object>> maps(Map<String, Object> spec, String field) {
        var maps = new ArrayList<Map<String, Object>>();
        for (var item : Json.list(spec, field)) {
            if (!(item instanceof Map<?, ?> map)) {
                throw invalid(
                                FieldCause.type(
                                        "spec.%s[%d]".formatted(field, maps.size()),
                                        String.valueOf(item),
                                        "must be an object"))
                        .exception();
            }
            maps.add(Json.cast(map));
        }
        return maps;
    }

    /// @param otherwise the namespace of an object that names none
    private Proposal application(
            Map<String, Object> tree,
            String otherwise,
            boolean force,
            WriteOptions options,
            WebRequest request) {
        var object = new Resource(tree);
        var place = object.namespace().isEmpty() ? otherwise : object.namespace();
        return overlay -> {
            var served = served(overlay, object.apiVersion(), object.kind());
            var namespace = served.kind().namespaced() ? place : "";
            var key = served.kind().key().resource(namespace, object.name());
            var live = overlay.state().get(key).map(StoredObject::resource);
            answers.demand(request.identity(), live.isPresent() ? "patch" : "create", key);
            return overlay.patch(
                            served,
                            namespace,
                            object.name(),
                            "",
                            new Patch.Apply(object, force),
                            request.query().containsKey("fieldManager")
                                    ? options
                                    : options.as(applier(live)))
                    .warnings();
        };
    }

    /// Who would apply an object; that is asked of the object itself where the request does not say it.
    private static String applier(Optional<Resource> live) {
        return live.map(Succession::applier).orElse(Succession.HEIR);
    }

    private Proposal deletion(Map<String, Object> named, WriteOptions options, WebRequest request) {
        var deletion = propagation(named);
        return overlay -> {
            var served =
                    served(overlay, Json.string(named, "apiVersion"), Json.string(named, "kind"));
            var namespace = served.kind().namespaced() ? Json.string(named, "namespace") : "";
            var name = Json.string(named, "name");
            var key = served.kind().key().resource(namespace, name);
            answers.demand(request.identity(), "delete", key);
            var going = going(overlay, key);
            var written = overlay.delete(served, namespace, name, deletion, options);
            return Stream.concat(written.warnings().stream(), going.stream()).toList();
        };
    }

    private static Optional<String> going(Resources overlay, ResourceKey key) {
        return overlay.state()
                .get(key)
                .map(StoredObject::resource)
                .filter(Resource::terminating)
                .map(one ->
                        "%s %s is being deleted already, and waits for %s"
                                .formatted(
                                        one.kind(),
                                        one.name(),
                                        String.join(", ", one.finalizers())));
    }

    private static DeleteOptions propagation(Map<String, Object> named) {
        if (named.get("propagationPolicy") == null) {
            return DeleteOptions.BACKGROUND;
        }
        var causes = new ArrayList<FieldCause>();
        var propagation = Deletions.propagation(named, causes);
        if (!causes.isEmpty()) {
            throw Problem.invalid(PlanKind.GROUP, PlanKind.KIND, "", causes).exception();
        }
        return new DeleteOptions(propagation, Optional.empty(), Optional.empty());
    }

    private static Served served(Resources overlay, String apiVersion, String kind) {
        return overlay.kinds()
                .byKind(apiVersion, kind)
                .orElseThrow(() ->
                        Problem.of(
                                        Problem.Reason.NOT_FOUND,
                                        "no kind %s is served in \"%s\""
                                                .formatted(kind, apiVersion))
                                .exception());
    }

    private static Problem invalid(FieldCause cause) {
        return Problem.invalid(PlanKind.GROUP, PlanKind.KIND, "", List.of(cause));
    }
}
