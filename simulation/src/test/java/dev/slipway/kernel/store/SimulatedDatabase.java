package dev.slipway.kernel.store;

import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.model.ProblemException;
import dev.slipway.kernel.model.ResourceKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One process's way to a medium, on which mishaps happen and others may be first.
final class SimulatedDatabase implements Database {
    private final Medium medium;
    private final Mishaps mishaps;
    private final Moments moments;

    /// What the writer of this process has kept since it began its commit.
    private final List<Revision> kept = new ArrayList<>();

    /// The epoch of the lease when it was kept.
    private long epoch;

    SimulatedDatabase(Medium medium, Mishaps mishaps, Moments moments) {
        this.medium = medium;
        this.mishaps = mishaps;
        this.moments = moments;
    }

    /// Begins a commit; what is kept from now on is its doing.
    void begin() {
        kept.clear();
    }

    List<Revision> kept() {
        return kept;
    }

    long epoch() {
        return epoch;
    }

    @Override
    public void append(long known, Decision decision) {
        var followed = new Followed(known, decision);
        moments.inMedium();
        if (mishaps.losesWrite()) {
            medium.forget(followed.known, followed);
            throw failed("nothing was kept");
        }
        if (mishaps.repeatsWrite()) {
            medium.forget(followed.known, followed);
            moments.inMedium();
        }
        var revisions = medium.keep(followed.known, followed);
        kept.addAll(revisions);
        epoch = medium.epoch();
        revisions.forEach(moments::kept);
        moments.inMedium();
        if (!revisions.isEmpty() && mishaps.losesAnswer()) {
            throw failed("the answer was lost");
        }
    }

    @Override
    public StateView load() {
        reading();
        return medium.load();
    }

    @Override
    public Optional<Revision> revision(long number) {
        return reading().revision(number);
    }

    @Override
    public List<Revision> log(long after, int limit) {
        return reading().log(after, limit);
    }

    @Override
    public long newest() {
        return reading().newest();
    }

    @Override
    public List<Revision> history(ResourceKey key, long before, int limit) {
        return reading().history(key, before, limit);
    }

    @Override
    public Optional<Revision> at(ResourceKey key, long number) {
        return reading().at(key, number);
    }

    @Override
    public List<Revision> past(KindKey kind, long number) {
        return reading().past(kind, number);
    }

    @Override
    public long numberAt(Instant time) {
        return reading().numberAt(time);
    }

    @Override
    public Instant newestTime() {
        return reading().newestTime();
    }

    @Override
    public Horizon horizon(KindKey kind) {
        return reading().horizon(kind);
    }

    @Override
    public Horizon horizon() {
        return reading().horizon();
    }

    @Override
    public void close() {}

    /// A decision, and how far it has been told what it missed: a repeated append goes on from there.
    private static final class Followed implements Decision {
        private final Decision decision;
        private long known;

        Followed(long known, Decision decision) {
            this.known = known;
            this.decision = decision;
        }

        @Override
        public void missed(List<Revision> page) {
            decision.missed(page);
            known = page.getLast().number();
        }

        @Override
        public List<Revision> decide(long epoch) {
            return decision.decide(epoch);
        }
    }

    private Database reading() {
        if (mishaps.losesRead()) {
            throw failed("a read failed");
        }
        return medium.kept();
    }

    private static ProblemException failed(String what) {
        return Problem.of(Reason.SERVICE_UNAVAILABLE, "the simulated medium: " + what).exception();
    }
}
