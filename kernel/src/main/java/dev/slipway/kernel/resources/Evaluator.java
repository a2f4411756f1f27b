package dev.slipway.kernel.resources;

import dev.slipway.kernel.admission.Admission;
import dev.slipway.kernel.admission.Admitter;
import dev.slipway.kernel.admission.Verdict;
import dev.slipway.kernel.kind.Kinds.Served;
import dev.slipway.kernel.kind.Redaction;
import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.ProblemException;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.patch.Apply;
import dev.slipway.kernel.patch.Manager;
import dev.slipway.kernel.patch.Tracking;
import dev.slipway.kernel.schema.Defaulting;
import dev.slipway.kernel.store.Change;
import dev.slipway.kernel.store.Operation;
import dev.slipway.kernel.store.Precondition;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Works out what a write would store, on one state. Knows no store and commits nothing.
final class Evaluator {
    private static final List<String> SET_BY_SERVER =
            List.of(
                    "creationTimestamp",
                    "uid",
                    "deletionTimestamp",
                    "deletionGracePeriodSeconds",
                    "selfLink");

    private final Admitters admitters;
    private final Clock clock;
    private final Birth birth;

    Evaluator(List<Admitter> admitters, Clock clock, RandomGenerator random) {
        this.admitters = Admitters.of(admitters);
        this.clock = clock;
        this.birth = new Birth(clock, random);
    }

    Evaluated create(
            Situation situation, String namespace, Map<String, Object> body, WriteOptions options) {
        var served = situation.served();
        var object = Incoming.decode(served, namespace, body);
        Endpoint.read(served, object, Unreadable.body(served));
        if (object.metadata().get("resourceVersion") instanceof String revision
                && !revision.isEmpty()) {
            throw Problem.badRequest("resourceVersion should not be set on objects to be created")
                    .exception();
        }
        Json.child(object.tree(), "metadata").keySet().removeAll(SET_BY_SERVER);
        birth.name(object);
        var warnings =
                Incoming.prune(served, object, options.strictness(), Unreadable.body(served));
        return warning(
                warnings, () -> insert(situation, object, warnings, options, Optional.empty()));
    }

    /// A refusal comes with the warnings that it was preceded by.
    private static Evaluated warning(List<String> warnings, Supplier<Evaluated> evaluation) {
        try {
            return evaluation.get();
        } catch (ProblemException e) {
            throw warnings.isEmpty() ? e : e.warning(warnings);
        }
    }

    Evaluated update(
            Situation situation,
            ResourceKey key,
            String subresource,
            Map<String, Object> body,
            WriteOptions options) {
        var object = Incoming.decode(situation.served(), key.namespace(), body);
        Endpoint.read(situation.served(), object, Unreadable.body(situation.served()));
        SameObject.isNamed(object, key);
        if (situation.live(key).isEmpty()
                && subresource.isEmpty()
                && situation.served().kind().rules().createOnUpdate()) {
            return create(situation, key.namespace(), body, options);
        }
        var live = situation.required(key);
        SameObject.hasUid(live, object, situation.served(), key);
        SameObject.stays(situation.served(), live, object);
        if (object.resourceVersion().isEmpty()
                && !situation.served().kind().rules().unconditionalUpdate()) {
            throw Problem.invalid(
                            key.group(),
                            key.plural(),
                            key.name(),
                            List.of(
                                    FieldCause.invalid(
                                            "metadata.resourceVersion",
                                            0L,
                                            "must be specified for an update")))
                    .exception();
        }
        var warnings =
                Incoming.prune(
                        situation.served(),
                        object,
                        options.strictness(),
                        Unreadable.body(situation.served()));
        var manager = Optional.of(manager(situation.served(), options, subresource));
        var rewrite =
                new Rewrite(
                        key,
                        live,
                        object.copy(),
                        subresource,
                        warnings,
                        manager,
                        !object.resourceVersion().isEmpty());
        return warning(warnings, () -> replace(situation, rewrite, options));
    }

    Evaluated patch(
            Situation situation,
            ResourceKey key,
            String subresource,
            Patch patch,
            WriteOptions options) {
        if (patch instanceof Patch.Apply apply) {
            return apply(situation, key, subresource, apply, options);
        }
        var live = situation.required(key);
        var result = Incoming.patched(situation.served(), live, patch);
        var unreadable = Unreadable.patched(patch, result);
        Endpoint.checkPatched(situation.served(), new Resource(result));
        var patched = Incoming.decode(situation.served(), key.namespace(), result);
        Endpoint.read(situation.served(), patched, unreadable);
        SameObject.isNamed(patched, key);
        var warnings =
                Incoming.prune(situation.served(), patched, options.strictness(), unreadable);
        var manager = Optional.of(manager(situation.served(), options, subresource));
        SameObject.stays(situation.served(), live, patched);
        var rewrite = new Rewrite(key, live, patched.copy(), subresource, warnings, manager, false);
        return warning(warnings, () -> replace(situation, rewrite, options));
    }

    Evaluated delete(
            Situation situation, ResourceKey key, DeleteOptions deletion, WriteOptions options) {
        var live = situation.required(key);
        Metadata.check(live, situation.served(), deletion);
        var admission =
                admission(situation, Operation.DELETE, "", Optional.of(live), live, options);
        var verdict =
                admitters.settle(admission, admitters.admit(admission, live.name()), live.name());
        var marked = marked(live, verdict.object(), deletion, situation.served());
        if (Finalization.held(marked)) {
            return Body.same(live, marked)
                    ? new Evaluated(
                            new Written(live, Written.Effect.TERMINATING, verdict.warnings()),
                            List.of(),
                            List.of(),
                            Optional.empty())
                    : store(
                            situation,
                            key,
                            live,
                            marked,
                            Written.Effect.TERMINATING,
                            verdict,
                            Optional.empty());
        }
        return remove(situation, key, live, live, verdict);
    }

    /// Server-side apply: creates or merges.
    private Evaluated apply(
            Situation situation,
            ResourceKey key,
            String subresource,
            Patch.Apply apply,
            WriteOptions options) {
        Endpoint.checkApplied(situation.served(), apply.configuration());
        var configuration =
                Incoming.decode(situation.served(), key.namespace(), apply.configuration().tree());
        SameObject.isNamed(configuration, key);
        if (apply.configuration().namespace().isEmpty()) {
            Json.child(configuration.tree(), "metadata").remove("namespace");
        }
        var live = situation.live(key);
        if (live.isEmpty() && !subresource.isEmpty()) {
            throw Problem.notFound(key).exception();
        }
        if (live.isPresent() && !configuration.resourceVersion().isEmpty()) {
            SameObject.isAt(live.get(), configuration.resourceVersion(), key);
        }
        Json.child(configuration.tree(), "metadata").remove("resourceVersion");
        var manager =
                new Manager(
                        options.manager(), "Apply", situation.served().apiVersion(), subresource);
        var result =
                Apply.apply(
                        live,
                        configuration,
                        situation.served().version().schema(),
                        manager,
                        apply.force(),
                        reset(situation.served(), subresource),
                        clock.instant(),
                        Endpoint.zero(situation.served()));
        if (result instanceof Apply.Result.Merged(var merged, _)) {
            SameObject.isMeant(situation.served(), key, live, merged);
        }
        return switch (result) {
            case Apply.Result.Refused(var problem) -> throw problem.exception();
            case Apply.Result.Merged(var merged, var changed) when live.isPresent() && !changed ->
                    Evaluated.unchanged(merged, List.of());
            case Apply.Result.Merged(var merged, _) when live.isPresent() ->
                    replace(
                            situation,
                            new Rewrite(
                                    key,
                                    live.get(),
                                    read(situation.served(), key, merged.copy()),
                                    subresource,
                                    List.of(),
                                    Optional.empty(),
                                    false),
                            options);
            case Apply.Result.Merged(var merged, _) ->
                    insert(
                            situation,
                            read(situation.served(), key, merged.copy()),
                            List.of(),
                            options,
                            Optional.of(manager));
        };
    }

    private static Resource read(Served served, ResourceKey key, Resource merged) {
        Endpoint.place(served, merged, key.namespace());
        Endpoint.read(served, merged, Unreadable.body(served));
        return merged;
    }

    /// A new object: defaulted, tracked, admitted, checked.
    ///
    /// @param applied present when its managed fields are already those of an apply
    private Evaluated insert(
            Situation situation,
            Resource object,
            List<String> warnings,
            WriteOptions options,
            Optional<Manager> applied) {
        var served = situation.served();
        if (served.version().status()) {
            object.tree().remove("status");
        }
        fill(served, object, applied.isPresent());
        var tracked =
                applied.isPresent()
                        ? object
                        : Tracking.updated(
                                Optional.empty(),
                                object,
                                served.version().schema(),
                                manager(served, options, ""),
                                reset(served, ""),
                                clock.instant(),
                                Endpoint.zero(served));
        var born = birth.stamped(tracked, served);
        Endpoint.unplayed(served).ifPresent(status -> born.tree().putIfAbsent("status", status));
        var admission = admission(situation, Operation.CREATE, "", Optional.empty(), born, options);
        var first = admitters.admit(admission, born.name());
        var admitted = first.object();
        Checks.check(served, admitted, Optional.empty(), "");
        var verdict = admitters.settle(admission, first, born.name());
        var key = served.kind().key().resource(admitted.namespace(), admitted.name());
        if (situation.state().get(key).isPresent()) {
            throw Problem.alreadyExists(key).exception();
        }
        var reliesOn = new ArrayList<>(verdict.reliesOn());
        reliesOn.add(Precondition.absent(key));
        if (served.kind().namespaced()) {
            reliesOn.add(situation.namespace(key));
        }
        situation.reliance().ifPresent(reliesOn::add);
        var change =
                new Change(
                        key,
                        Operation.CREATE,
                        admitted.uid(),
                        Body.encode(admitted, served),
                        confidential(served));
        return new Evaluated(
                new Written(
                        admitted,
                        Written.Effect.CREATED,
                        join(
                                join(warnings, verdict.warnings()),
                                Metadata.warnings(admitted, served.kind(), Optional.empty()))),
                List.of(change),
                reliesOn,
                applied.isPresent() ? Optional.empty() : Optional.of(Problem.alreadyExists(key)));
    }

    /// A new state of a live object that somebody asks for.
    ///
    /// @param wanted a copy: it becomes the new state
    /// @param manager who is tracked as the writer; empty when the managed fields are already right
    /// @param exclusive whether the client itself named the revision that it wants to replace
    private record Rewrite(
            ResourceKey key,
            Resource live,
            Resource wanted,
            String subresource,
            List<String> warnings,
            Optional<Manager> manager,
            boolean exclusive) {}

    private Evaluated replace(Situation situation, Rewrite rewrite, WriteOptions options) {
        var live = rewrite.live();
        if (!rewrite.wanted().resourceVersion().isEmpty()) {
            SameObject.isAt(live, rewrite.wanted().resourceVersion(), rewrite.key());
        }
        var verdict = admitted(situation, rewrite, options);
        var admitted = verdict.object();
        if (admitted.terminating() && !Finalization.held(admitted)) {
            return remove(situation, rewrite.key(), live, admitted, verdict);
        }
        if (Body.same(live, admitted)) {
            return Evaluated.unchanged(live, verdict.warnings());
        }
        var conflict = Problem.conflict(rewrite.key(), Metadata.MODIFIED);
        return store(
                situation,
                rewrite.key(),
                live,
                admitted,
                Written.Effect.UPDATED,
                verdict,
                rewrite.exclusive() ? Optional.of(conflict) : Optional.empty());
    }

    /// Limited to what the endpoint may write, defaulted, tracked, counted, admitted and checked.
    private Verdict.Admitted admitted(Situation situation, Rewrite rewrite, WriteOptions options) {
        var served = situation.served();
        var live = rewrite.live();
        var next =
                Metadata.restored(
                        live,
                        Incoming.limited(served, live, rewrite.wanted(), rewrite.subresource()));
        fill(served, next, rewrite.manager().isEmpty());
        var counted =
                Metadata.counted(
                        live,
                        tracked(served, rewrite, next),
                        served.kind().rules().generation(),
                        served.version().status());
        var admission =
                admission(
                        situation,
                        Operation.UPDATE,
                        rewrite.subresource(),
                        Optional.of(live),
                        counted,
                        options);
        var first = admitters.admit(admission, live.name());
        Checks.check(served, first.object(), Optional.of(live), rewrite.subresource());
        var verdict = admitters.settle(admission, first, live.name());
        var forgiven =
                options.user().isPresent()
                        ? Checks.forgiven(served, first.object(), live)
                        : List.<String>of();
        return new Verdict.Admitted(
                Tracking.settled(live, verdict.object()),
                join(
                        join(rewrite.warnings(), join(forgiven, verdict.warnings())),
                        Metadata.warnings(verdict.object(), served.kind(), Optional.of(live))),
                verdict.reliesOn());
    }

    /// Fills in defaults; what is null goes, unless somebody applied it.
    private static void fill(Served served, Resource object, boolean applied) {
        var schema = served.version().schema();
        if (applied && !served.kind().rules().builtIn()) {
            Defaulting.fill(object.tree(), schema);
        } else {
            Defaulting.apply(object.tree(), schema);
        }
    }

    private Resource tracked(Served served, Rewrite rewrite, Resource next) {
        return rewrite.manager().isEmpty()
                ? next
                : Tracking.updated(
                        Optional.of(rewrite.live()),
                        next,
                        served.version().schema(),
                        rewrite.manager().get(),
                        reset(served, rewrite.subresource()),
                        clock.instant(),
                        Endpoint.zero(served));
    }

    private Evaluated store(
            Situation situation,
            ResourceKey key,
            Resource live,
            Resource next,
            Written.Effect effect,
            Verdict.Admitted verdict,
            Optional<Problem> exclusive) {
        var change =
                new Change(
                        key,
                        Operation.UPDATE,
                        live.uid(),
                        Body.encode(next, situation.served()),
                        confidential(situation.served()));
        return new Evaluated(
                new Written(next, effect, verdict.warnings()),
                List.of(change),
                reliesOn(situation, key, live, verdict),
                exclusive);
    }

    /// What the log keeps of a deletion, and watches see, is the object as it was stored last.
    ///
    /// @param answer the object as its client sees it go
    private static Evaluated remove(
            Situation situation,
            ResourceKey key,
            Resource live,
            Resource answer,
            Verdict.Admitted verdict) {
        var remains = Redaction.of(situation.served().kind()).remains(live.tree());
        var change =
                new Change(
                        key,
                        Operation.DELETE,
                        live.uid(),
                        Body.encode(new Resource(remains), situation.served()),
                        confidential(situation.served()));
        return new Evaluated(
                new Written(answer, Written.Effect.DELETED, verdict.warnings()),
                List.of(change),
                reliesOn(situation, key, live, verdict),
                Optional.empty());
    }

    private static boolean confidential(Served served) {
        return Redaction.of(served.kind()).hides();
    }

    private static List<Precondition> reliesOn(
            Situation situation, ResourceKey key, Resource live, Verdict.Admitted verdict) {
        var reliesOn = new ArrayList<>(verdict.reliesOn());
        reliesOn.add(new Precondition(key, Long.parseLong(live.resourceVersion())));
        situation.reliance().ifPresent(reliesOn::add);
        return reliesOn;
    }

    /// Marked for deletion, with the finalizers that the propagation asks for.
    ///
    /// @param admitted what admission made of the live object; of something marked before it changes nothing
    private Resource marked(
            Resource live, Resource admitted, DeleteOptions deletion, Served served) {
        var marked = (live.terminating() ? live : admitted).copy();
        var metadata = Json.child(marked.tree(), "metadata");
        Finalization.choose(metadata, deletion.propagation());
        if (!live.terminating()) {
            metadata.put("deletionTimestamp", birth.now().toString());
            if (!Finalization.isNamespace(live)) {
                metadata.put("deletionGracePeriodSeconds", 0L);
            }
            if (served.kind().rules().generation() && live.generation() > 0) {
                metadata.put("generation", live.generation() + 1);
            }
        }
        return marked;
    }

    private static Admission admission(
            Situation situation,
            Operation operation,
            String subresource,
            Optional<Resource> old,
            Resource object,
            WriteOptions options) {
        return new Admission(
                situation.served(),
                operation,
                subresource,
                old,
                object,
                situation.state(),
                situation.kinds(),
                options.attribution().actor(),
                options.user(),
                options.dryRun());
    }

    private static Manager manager(Served served, WriteOptions options, String subresource) {
        return new Manager(options.manager(), "Update", served.apiVersion(), subresource);
    }

    private static Set<String> reset(Served served, String subresource) {
        if (subresource.equals("status") || subresource.equals("approval")) {
            return Set.of("metadata", "spec");
        }
        return served.version().status() ? Set.of("status") : Set.of();
    }

    private static List<String> join(List<String> one, List<String> other) {
        var all = new ArrayList<>(one);
        all.addAll(other);
        return all;
    }
}
