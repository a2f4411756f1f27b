package dev.slipway.kernel.resources;

import dev.slipway.kernel.admission.Admission;
import dev.slipway.kernel.admission.Admitter;
import dev.slipway.kernel.admission.Verdict;
import dev.slipway.kernel.kind.BuiltInRules;
import dev.slipway.kernel.kind.Kinds.Served;
import dev.slipway.kernel.kind.Redaction;
import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.ProblemException;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.patch.Apply;
import dev.slipway.kernel.patch.JsonPatch;
import dev.slipway.kernel.patch.Manager;
import dev.slipway.kernel.patch.MergePatch;
import dev.slipway.kernel.patch.StrategicMergePatch;
import dev.slipway.kernel.patch.Tracking;
import dev.slipway.kernel.schema.Defaulting;
import dev.slipway.kernel.schema.Pruning;
import dev.slipway.kernel.schema.Ratchet;
import dev.slipway.kernel.schema.Rules;
import dev.slipway.kernel.schema.Schema;
import dev.slipway.kernel.schema.Validation;
import dev.slipway.kernel.store.Change;
import dev.slipway.kernel.store.Operation;
import dev.slipway.kernel.store.Precondition;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Works out what a write would store, on one state. Knows no store and commits nothing.
final class Evaluator {
    private static final String NAME_LETTERS = "bcdfghjklmnpqrstvwxz2456789";
    private static final int GENERATED_LETTERS = 5;
    private static final int MAX_GENERATED_PREFIX = 58;
    private static final List<String> SET_BY_SERVER =
            List.of(
                    "creationTimestamp",
                    "uid",
                    "deletionTimestamp",
                    "deletionGracePeriodSeconds",
                    "selfLink");

    private final List<Admitter> admitters;
    private final Clock clock;
    private final RandomGenerator random;

    Evaluator(List<Admitter> admitters, Clock clock, RandomGenerator random) {
        this.admitters = admitters;
        this.clock = clock;
        this.random = random;
    }

    Evaluated create(
            Situation situation, String namespace, Map<String, Object> body, WriteOptions options) {
        var served = situation.served();
        var object = decode(served, namespace, body);
        Endpoint.read(served, object, Unreadable.body(served));
        if (object.metadata().get("resourceVersion") instanceof String revision
                && !revision.isEmpty()) {
            throw Problem.badRequest("resourceVersion should not be set on objects to be created")
                    .exception();
        }
        Json.child(object.tree(), "metadata").keySet().removeAll(SET_BY_SERVER);
        nameIt(object);
        var warnings = prune(served, object, options.strictness(), Unreadable.body(served));
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
        var object = decode(situation.served(), key.namespace(), body);
        Endpoint.read(situation.served(), object, Unreadable.body(situation.served()));
        sameName(object, key);
        if (situation.live(key).isEmpty()
                && subresource.isEmpty()
                && situation.served().kind().rules().createOnUpdate()) {
            return create(situation, key.namespace(), body, options);
        }
        var live = situation.required(key);
        sameUid(live, object, situation.served(), key);
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
                prune(
                        situation.served(),
                        object,
                        options.strictness(),
                        Unreadable.body(situation.served()));
        var manager = Optional.of(manager(situation.served(), options, subresource));
        var rewrite =
                new Rewrite(
                        key,
                        live,
                        object,
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
        var result = patched(situation.served(), live, patch);
        var unreadable = Unreadable.patched(patch, result);
        Endpoint.checkPatched(situation.served(), new Resource(result));
        var patched = decode(situation.served(), key.namespace(), result);
        Endpoint.read(situation.served(), patched, unreadable);
        sameName(patched, key);
        var warnings = prune(situation.served(), patched, options.strictness(), unreadable);
        var manager = Optional.of(manager(situation.served(), options, subresource));
        sameIdentity(situation.served(), live, patched);
        var rewrite = new Rewrite(key, live, patched, subresource, warnings, manager, false);
        return warning(warnings, () -> replace(situation, rewrite, options));
    }

    Evaluated delete(
            Situation situation, ResourceKey key, DeleteOptions deletion, WriteOptions options) {
        var live = situation.required(key);
        Metadata.check(live, situation.served(), deletion);
        var admission =
                admission(situation, Operation.DELETE, "", Optional.of(live), live, options);
        var verdict = admit(admission, live.name());
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
                decode(situation.served(), key.namespace(), apply.configuration().tree());
        sameName(configuration, key);
        if (apply.configuration().namespace().isEmpty()) {
            Json.child(configuration.tree(), "metadata").remove("namespace");
        }
        var live = situation.live(key);
        if (live.isEmpty() && !subresource.isEmpty()) {
            throw Problem.notFound(key).exception();
        }
        if (live.isPresent() && !configuration.resourceVersion().isEmpty()) {
            sameRevision(live.get(), configuration.resourceVersion(), key);
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
            checkApplied(situation.served(), key, live, merged);
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

    /// An apply may name the object that it is meant for.
    private static void checkApplied(
            Served served, ResourceKey key, Optional<Resource> live, Resource merged) {
        if (live.isPresent()) {
            sameIdentity(served, live.get(), merged);
        } else if (!merged.uid().isEmpty()) {
            throw Problem.conflict(
                            key,
                            "uid mismatch: the provided object specified uid %s, and no existing object was found"
                                    .formatted(merged.uid()))
                    .exception();
        }
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
        var born = stamped(tracked, served);
        var verdict =
                admit(
                        admission(situation, Operation.CREATE, "", Optional.empty(), born, options),
                        born.name());
        var admitted = verdict.object();
        check(served, admitted, Optional.empty(), "");
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
            sameRevision(live, rewrite.wanted().resourceVersion(), rewrite.key());
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
                        limited(served, live, rewrite.wanted().copy(), rewrite.subresource()));
        fill(served, next, rewrite.manager().isEmpty());
        var counted =
                Metadata.counted(
                        live,
                        tracked(served, rewrite, next),
                        served.kind().rules().generation(),
                        served.version().status());
        var verdict =
                admit(
                        admission(
                                situation,
                                Operation.UPDATE,
                                rewrite.subresource(),
                                Optional.of(live),
                                counted,
                                options),
                        live.name());
        check(served, verdict.object(), Optional.of(live), rewrite.subresource());
        return new Verdict.Admitted(
                Tracking.settled(live, verdict.object()),
                join(
                        join(rewrite.warnings(), verdict.warnings()),
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
            metadata.put("deletionTimestamp", now().toString());
            if (!Finalization.isNamespace(live)) {
                metadata.put("deletionGracePeriodSeconds", 0L);
            }
            if (served.kind().rules().generation() && live.generation() > 0) {
                metadata.put("generation", live.generation() + 1);
            }
        }
        return marked;
    }

    private static Map<String, Object> patched(Served served, Resource live, Patch patch) {
        return switch (patch) {
            case Patch.Json(var operations) ->
                    JsonPatch.apply(live.tree(), operations) instanceof Map<?, ?> map
                            ? Json.cast(map)
                            : notAnObject();
            case Patch.Merge(var tree) -> MergePatch.apply(live.tree(), tree);
            case Patch.Strategic(var tree) ->
                    StrategicMergePatch.apply(live.tree(), tree, served.version().schema());
            case Patch.Apply _ ->
                    throw new IllegalArgumentException(
                            "an apply is not a patch of the live object");
        };
    }

    private static Map<String, Object> notAnObject() {
        throw Problem.badRequest("the patch leaves something that is not an object").exception();
    }

    /// A copy of a body with the names of the endpoint; what contradicts them is refused.
    private static Resource decode(Served served, String namespace, Map<String, Object> body) {
        var object = new Resource(Json.copy(body));
        Endpoint.check(served, object);
        var tree = new LinkedHashMap<String, Object>();
        tree.put("apiVersion", served.apiVersion());
        tree.put("kind", served.names().kind());
        tree.putAll(object.tree());
        var decoded = Body.as(served, new Resource(tree));
        Endpoint.place(served, decoded, namespace);
        return decoded;
    }

    private static List<String> prune(
            Served served, Resource object, Strictness strictness, Unreadable unreadable) {
        var unknown = Pruning.prune(object.tree(), served.version().schema());
        var repeated = Metadata.withoutRepeatedOwners(object);
        var texts = unknown.stream().map(path -> "unknown field \"%s\"".formatted(path)).toList();
        if (strictness == Strictness.STRICT && !texts.isEmpty()) {
            throw unreadable
                    .because("strict decoding error: " + String.join(", ", texts))
                    .exception();
        }
        return strictness == Strictness.WARN ? join(texts, repeated) : repeated;
    }

    /// What one endpoint may change: the main one all but the status, `status` the status alone.
    private static Resource limited(
            Served served, Resource live, Resource wanted, String subresource) {
        if (subresource.equals("status")) {
            var only = live.copy();
            replaceKey(only, wanted, "status");
            replaceKey(
                    new Resource(Json.child(only.tree(), "metadata")),
                    new Resource(wanted.metadata()),
                    "managedFields");
            return only;
        }
        if (subresource.equals("finalize")) {
            var only = live.copy();
            replaceKey(only, wanted, "spec");
            return only;
        }
        if (served.version().status()) {
            replaceKey(wanted, live, "status");
        }
        return wanted;
    }

    private static void replaceKey(Resource into, Resource from, String key) {
        if (from.tree().containsKey(key)) {
            Json.put(into.tree(), key, Json.copy(from.tree().get(key)));
        } else {
            into.tree().remove(key);
        }
    }

    /// Each admitter gets a copy of its own, which it may change; where none is concerned nothing is copied.
    private Verdict.Admitted admit(Admission admission, String name) {
        var warnings = new ArrayList<String>();
        var reliesOn = new ArrayList<Precondition>();
        var causes = new ArrayList<FieldCause>();
        var kind = admission.served().kind().key();
        var now = admission;
        for (var admitter : admitters) {
            if (!admitter.concerns(kind)) {
                continue;
            }
            switch (admitter.admit(now.with(now.object().copy()))) {
                case Verdict.Admitted(var object, var said, var relied) -> {
                    now = now.with(object);
                    warnings.addAll(said);
                    reliesOn.addAll(relied);
                }
                case Verdict.Invalid(var why, var said) -> {
                    causes.addAll(why);
                    warnings.addAll(said);
                }
                case Verdict.Refused(var problem) -> throw problem.exception();
            }
        }
        if (!causes.isEmpty()) {
            throw Situation.invalid(admission.served(), name, causes).exception();
        }
        return new Verdict.Admitted(now.object(), warnings, reliesOn);
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
                options.user());
    }

    private static void check(
            Served served, Resource object, Optional<Resource> old, String subresource) {
        var causes = new ArrayList<FieldCause>(Metadata.check(object, served.kind(), old));
        var schema = served.version().schema();
        var found =
                subresource.equals("status") && !served.kind().rules().builtIn()
                        ? status(object, schema)
                        : Validation.check(object.tree(), schema, "");
        if (old.isPresent() && !served.kind().rules().builtIn()) {
            found = Ratchet.changed(found, schema, object.tree(), old.get().tree());
        }
        causes.addAll(found);
        causes.addAll(Rules.of(schema).check(object.tree(), old.map(Resource::tree), found));
        causes.addAll(BuiltInRules.check(object, served.kind(), old));
        causes.addAll(ScaleRule.check(object, served));
        if (!causes.isEmpty()) {
            throw Situation.invalid(served, object.name(), causes).exception();
        }
    }

    /// What is wrong with a status alone; messages count from there.
    private static List<FieldCause> status(Resource object, Schema schema) {
        var status = schema.property("status");
        if (status == null || !object.tree().containsKey("status")) {
            return List.of();
        }
        return Validation.check(object.tree().get("status"), status, "").stream()
                .map(cause ->
                        cause.field().equals("<nil>")
                                ? cause
                                : new FieldCause(
                                        cause.reason(), "status." + cause.field(), cause.message()))
                .toList();
    }

    private static void sameName(Resource object, ResourceKey key) {
        if (object.name().isEmpty()) {
            throw Problem.badRequest(
                            "the name of the object (%s based on URL) was undeterminable: name must be provided"
                                    .formatted(key.name()))
                    .exception();
        }
        if (!object.name().equals(key.name())) {
            throw Problem.badRequest(
                            "the name of the object (%s) does not match the name on the URL (%s)"
                                    .formatted(object.name(), key.name()))
                    .exception();
        }
    }

    private static void sameRevision(Resource live, String asked, ResourceKey key) {
        if (!asked.chars().allMatch(Character::isDigit)) {
            throw Problem.badRequest(
                            "metadata.resourceVersion: Invalid value: \"%s\": strconv.ParseUint: parsing \"%s\": invalid syntax"
                                    .formatted(asked, asked))
                    .exception();
        }
        if (!asked.equals(live.resourceVersion()) && !asked.equals("0")) {
            throw Problem.conflict(key, Metadata.MODIFIED).exception();
        }
    }

    /// Refuses a patch that makes another object of it, or says when it goes.
    private static void sameIdentity(Served served, Resource live, Resource wanted) {
        var causes = new ArrayList<FieldCause>();
        if (!wanted.uid().isEmpty() && !wanted.uid().equals(live.uid())) {
            causes.add(FieldCause.invalid("metadata.uid", wanted.uid(), "field is immutable"));
        }
        var end = wanted.metadata().get("deletionTimestamp");
        if (end != null && !live.terminating()) {
            causes.add(FieldCause.invalid("metadata.deletionTimestamp", end, "field is immutable"));
        }
        if (!causes.isEmpty()) {
            // Both the kind's own rules and the general ones say so.
            causes.addAll(List.copyOf(causes));
            throw Situation.invalid(served, live.name(), causes).exception();
        }
    }

    private static void sameUid(Resource live, Resource wanted, Served served, ResourceKey key) {
        if (!wanted.uid().isEmpty() && !wanted.uid().equals(live.uid())) {
            throw Metadata.otherUid(served, key, wanted.uid(), live.uid()).exception();
        }
    }

    private void nameIt(Resource object) {
        var prefix = Json.string(object.metadata(), "generateName");
        if (object.name().isEmpty() && !prefix.isEmpty()) {
            var name =
                    new StringBuilder(
                            prefix.substring(0, Math.min(prefix.length(), MAX_GENERATED_PREFIX)));
            for (int i = 0; i < GENERATED_LETTERS; i++) {
                name.append(NAME_LETTERS.charAt(random.nextInt(NAME_LETTERS.length())));
            }
            Json.child(object.tree(), "metadata").put("name", name.toString());
        }
    }

    private Resource stamped(Resource object, Served served) {
        var metadata = Json.child(object.tree(), "metadata");
        metadata.put("uid", uid());
        metadata.put("creationTimestamp", now().toString());
        if (served.kind().rules().generation()) {
            metadata.put("generation", 1L);
        }
        return object;
    }

    /// A random UUID of version 4, from the chance that was handed in.
    private String uid() {
        var high = (random.nextLong() & 0xffff_ffff_ffff_0fffL) | 0x4000L;
        var low = (random.nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    private static Manager manager(Served served, WriteOptions options, String subresource) {
        return new Manager(options.manager(), "Update", served.apiVersion(), subresource);
    }

    private static Set<String> reset(Served served, String subresource) {
        if (subresource.equals("status")) {
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
