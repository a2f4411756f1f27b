package dev.slipway.control.plan;

import dev.slipway.control.Controller;
import dev.slipway.control.Feature;
import dev.slipway.control.Occurrence;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.plan.Effect;
import dev.slipway.kernel.plan.Plan;
import dev.slipway.kernel.plan.Plan.Unknown;
import dev.slipway.kernel.plan.Planner;
import dev.slipway.kernel.relations.Related;
import dev.slipway.kernel.relations.RelationsView;
import dev.slipway.kernel.resources.KindsView;
import dev.slipway.kernel.resources.Resources;
import dev.slipway.kernel.store.Event;
import dev.slipway.kernel.store.Operation;
import dev.slipway.kernel.store.Store;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/// Plans by making the writes on an overlay and letting the controllers that can plan act there. Thread-safe.
public final class OverlayPlanner implements Planner {
    /// How many plans are worked out at once.
    public static final int MAX_PLANS = 2;

    private final Store store;
    private final KindsView kinds;
    private final RelationsView relations;
    private final List<Feature> features;
    private final Clock clock;
    private final RandomGenerator random;
    private final Semaphore permits = new Semaphore(MAX_PLANS);

    public OverlayPlanner(
            Store store,
            KindsView kinds,
            RelationsView relations,
            List<Feature> features,
            Clock clock,
            RandomGenerator random) {
        this.store = store;
        this.kinds = kinds;
        this.relations = relations;
        this.features = List.copyOf(features);
        this.clock = clock;
        this.random = random;
    }

    @Override
    public Plan plan(List<Proposal> proposals) {
        await();
        try (var overlay = Overlay.over(store.fresh(), kinds, features, clock, random)) {
            return plan(overlay, proposals);
        } finally {
            permits.release();
        }
    }

    private void await() {
        try {
            if (!permits.tryAcquire(MAX_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw Problem.of(
                                Reason.TOO_MANY_REQUESTS,
                                "%d plans are being worked out already, ask again later"
                                        .formatted(MAX_PLANS))
                        .retryAfter(1)
                        .exception();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.of(Reason.TIMEOUT, "interrupted").exception();
        }
    }

    private Plan plan(Overlay overlay, List<Proposal> proposals) {
        var asked = new LinkedHashSet<ResourceKey>();
        var noted = proposals.stream().map(one -> noting(one, overlay, asked)).toList();
        var made = overlay.make(noted);
        overlay.wake(asked.stream().flatMap(key -> around(key).stream()).toList());
        overlay.settle();
        var effects = effects(overlay, asked);
        return new Plan(
                overlay.base().revision(),
                effects,
                made.refused(),
                made.written().values().stream().flatMap(List::stream).toList(),
                unknown(overlay.resources(), effects),
                overlay.resources().kinds(),
                overlay.isSettled());
    }

    /// Takes note of what a proposal writes itself: the newest revision behind it.
    private static Proposal noting(Proposal proposal, Overlay overlay, Set<ResourceKey> asked) {
        return resources -> {
            var before = overlay.resources().state().revision();
            var warnings = proposal.on(resources);
            overlay.written(before).forEach(revision -> asked.add(revision.key()));
            return warnings;
        };
    }

    /// What refers to an object or is referred to by it: who made it may want it otherwise, who reads it may act.
    private List<ResourceKey> around(ResourceKey key) {
        return relations.of(key).stream().map(Related::key).flatMap(Optional::stream).toList();
    }

    /// What would be written, and what would be in its way.
    private List<Effect> effects(Overlay overlay, Set<ResourceKey> asked) {
        var now = overlay.resources().state();
        var written = written(overlay, asked, new Descent(relations, overlay.base(), now));
        var all = new ArrayList<>(written);
        all.addAll(new Lingering(relations, overlay.base(), now).below(written));
        return all;
    }

    private static List<Effect> written(Overlay overlay, Set<ResourceKey> asked, Descent descent) {
        var keys = new LinkedHashSet<ResourceKey>();
        overlay.written().forEach(revision -> keys.add(revision.key()));
        var now = overlay.resources().state();
        return keys.stream()
                .map(key ->
                        new Effect(
                                key,
                                overlay.base().get(key),
                                now.get(key),
                                asked.contains(key),
                                Optional.empty()))
                .map(descent::told)
                .filter(effect -> effect.before().isPresent() || effect.after().isPresent())
                .toList();
    }

    // ---- who cannot plan

    private List<Unknown> unknown(Resources resources, List<Effect> effects) {
        Map<String, Set<Effect>> found = new LinkedHashMap<>();
        features.stream()
                .map(Feature::onOverlay)
                .filter(feature -> feature.planners(resources).isEmpty())
                .flatMap(feature -> feature.controllers(resources).stream())
                .forEach(controller ->
                        effects.stream()
                                .filter(effect -> effect.kind() != Effect.Kind.TERMINATING)
                                .filter(effect -> wakes(controller, effect))
                                .forEach(effect ->
                                        found.computeIfAbsent(
                                                        controller.name(),
                                                        _ -> new LinkedHashSet<>())
                                                .add(effect)));
        return found.entrySet().stream()
                .map(one -> new Unknown(one.getKey(), List.copyOf(one.getValue())))
                .toList();
    }

    /// A controller that has not seen what exists may not know; then nothing is claimed.
    private static boolean wakes(Controller controller, Effect effect) {
        try {
            return !controller.concerns(new Occurrence(event(effect))).isEmpty();
        } catch (RuntimeException e) {
            return false;
        }
    }

    private static Event event(Effect effect) {
        return effect.after()
                .map(after ->
                        new Event(
                                effect.before().isEmpty() ? Operation.CREATE : Operation.UPDATE,
                                after,
                                effect.before()))
                .orElseGet(() ->
                        new Event(
                                Operation.DELETE, effect.before().orElseThrow(), effect.before()));
    }
}
