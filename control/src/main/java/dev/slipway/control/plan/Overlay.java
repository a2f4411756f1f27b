package dev.slipway.control.plan;

import dev.slipway.control.Feature;
import dev.slipway.control.SteppedControllers;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.ProblemException;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.plan.Plan.Refused;
import dev.slipway.kernel.plan.Planner.Proposal;
import dev.slipway.kernel.resources.KindsView;
import dev.slipway.kernel.resources.Resources;
import dev.slipway.kernel.resources.StoredResources;
import dev.slipway.kernel.store.MemoryStore;
import dev.slipway.kernel.store.Revision;
import dev.slipway.kernel.store.State;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/// A platform in memory over what exists: what is written there is seen there alone, and the controllers that can plan
/// act on it. Used by one thread.
public final class Overlay implements AutoCloseable {
    /// How many turns controllers may take before they are taken to go in circles.
    public static final int MAX_TURNS = 50_000;

    /// How long they may take at once where others wait for the machine.
    public static final Duration MAX_TIME = Duration.ofSeconds(15);

    /// How long they may take at once where they are alone.
    public static final Duration MAX_TIME_ALONE = Duration.ofMinutes(2);

    private static final int PAGE = 1_000;

    private final State base;
    private final MemoryStore store;
    private final KindsView kinds;
    private final Resources resources;
    private final SteppedControllers controllers;
    private final Clock clock;
    private final Duration patience;
    private boolean settled = true;

    private Overlay(
            State base,
            MemoryStore store,
            KindsView kinds,
            List<Feature> features,
            Clock clock,
            RandomGenerator random,
            Duration patience) {
        this.base = base;
        this.patience = patience;
        this.store = store;
        this.kinds = kinds;
        this.clock = clock;
        var own = features.stream().map(Feature::onOverlay).toList();
        var admitters = own.stream().flatMap(one -> one.admitters().stream()).toList();
        this.resources = new StoredResources(store, kinds, admitters, clock, random);
        var planners = own.stream().flatMap(one -> one.planners(resources).stream()).toList();
        this.controllers = SteppedControllers.atRest(store, planners, standing(clock), random);
    }

    /// What failed is not tried again by itself: here nothing comes about with time.
    private static Clock standing(Clock clock) {
        return Clock.fixed(clock.instant(), clock.getZone());
    }

    /// Over a state of a platform, whose kinds are known already.
    public static Overlay over(
            State base,
            KindsView kinds,
            List<Feature> features,
            Clock clock,
            RandomGenerator random) {
        var store = MemoryStore.over(base, clock);
        return new Overlay(base, store, kinds.over(store), features, clock, random, MAX_TIME);
    }

    /// Over nothing: a platform of its own.
    public static Overlay empty(List<Feature> features, Clock clock, RandomGenerator random) {
        var store = new MemoryStore(clock);
        var kinds =
                new KindsView(
                        store, features.stream().flatMap(one -> one.kinds().stream()).toList());
        return new Overlay(store.state(), store, kinds, features, clock, random, MAX_TIME_ALONE);
    }

    /// Writes to it and reads from it.
    public Resources resources() {
        return resources;
    }

    /// What it began with.
    public State base() {
        return base;
    }

    /// What came of the proposals, by their place.
    ///
    /// @param written those that were accepted, with what their authors are warned of
    /// @param refused those that were not, even after all others
    public record Made(SortedMap<Integer, List<String>> written, List<Refused> refused) {
        public Made {
            refused = List.copyOf(refused);
        }
    }

    /// Makes proposals, lets the controllers act, and tries again what was refused, as long as that helps.
    public Made make(List<? extends Proposal> proposals) {
        var written = new TreeMap<Integer, List<String>>();
        var refused = new TreeMap<Integer, Problem>();
        int before;
        do {
            before = written.size();
            for (int i = 0; i < proposals.size(); i++) {
                if (!written.containsKey(i)) {
                    make(i, proposals.get(i), written, refused);
                }
            }
        } while (settle() && written.size() > before && written.size() < proposals.size());
        return new Made(
                written,
                refused.entrySet().stream()
                        .map(one -> new Refused(one.getKey(), one.getValue()))
                        .toList());
    }

    private void make(
            int place,
            Proposal proposal,
            SortedMap<Integer, List<String>> written,
            SortedMap<Integer, Problem> refused) {
        try {
            written.put(place, proposal.on(resources));
            refused.remove(place);
        } catch (ProblemException e) {
            refused.put(place, e.problem());
        }
    }

    /// Lets those of the controllers look that know these keys.
    public void wake(Collection<ResourceKey> keys) {
        controllers.wake(keys);
    }

    /// Lets the controllers act until they have nothing to do; false when a bound was hit before that.
    public boolean settle() {
        var end = clock.instant().plus(patience);
        for (int turns = 0; settled && !step(); turns++) {
            settled = turns < MAX_TURNS && clock.instant().isBefore(end);
        }
        return settled;
    }

    /// Whether everything was worked out to its end.
    public boolean isSettled() {
        return settled;
    }

    /// Reads what was written and gives one key a turn; whether there was none.
    private boolean step() {
        while (controllers.behind()) {
            controllers.read();
        }
        return controllers.work().isEmpty() && !controllers.behind();
    }

    /// Everything that was written, in order.
    public List<Revision> written() {
        return written(base.revision());
    }

    /// What was written after a revision, in order.
    public List<Revision> written(long after) {
        var all = new ArrayList<Revision>();
        var at = after;
        for (var page = store.log(at, PAGE); !page.isEmpty(); page = store.log(at, PAGE)) {
            all.addAll(page);
            at = page.getLast().number();
        }
        return all;
    }

    @Override
    public void close() {
        kinds.close();
        store.close();
    }
}
