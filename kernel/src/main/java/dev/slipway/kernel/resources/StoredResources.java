package dev.slipway.kernel.resources;

import dev.slipway.kernel.admission.Admitter;
import dev.slipway.kernel.kind.Kinds;
import dev.slipway.kernel.kind.Kinds.Served;
import dev.slipway.kernel.kind.Redaction;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.model.ProblemException;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.store.Commit;
import dev.slipway.kernel.store.Outcome;
import dev.slipway.kernel.store.Revision;
import dev.slipway.kernel.store.State;
import dev.slipway.kernel.store.Store;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/// The write path over a [Store]. Each write is evaluated on one state and committed under what it relied on.
///
/// Safe to use from any thread.
public final class StoredResources implements Resources {
    /// How often a write is evaluated anew because another writer was first.
    public static final int MAX_ATTEMPTS = 32;

    private final Store store;
    private final KindsView kinds;
    private final Evaluator evaluator;

    /// Of the lease that writes are made under.
    private final OptionalLong epoch;

    public StoredResources(
            Store store,
            KindsView kinds,
            List<Admitter> admitters,
            Clock clock,
            RandomGenerator random) {
        this.store = store;
        this.kinds = kinds;
        this.evaluator = new Evaluator(List.copyOf(admitters), clock, random);
        this.epoch = OptionalLong.empty();
    }

    private StoredResources(StoredResources other, long epoch) {
        this.store = other.store;
        this.kinds = other.kinds;
        this.evaluator = other.evaluator;
        this.epoch = OptionalLong.of(epoch);
    }

    /// The same, whose writes are refused once the lease has passed to another epoch.
    public Resources under(long epoch) {
        return new StoredResources(this, epoch);
    }

    @Override
    public State state() {
        return store.state();
    }

    @Override
    public Kinds kinds() {
        return kinds.current();
    }

    @Override
    public Optional<Resource> find(Served served, String namespace, String name) {
        return store.state()
                .get(served.kind().key().resource(namespace, name))
                .map(stored -> Conversion.served(served, stored.resource()));
    }

    @Override
    public Written create(
            Served served, String namespace, Map<String, Object> body, WriteOptions options) {
        return write(
                served,
                options,
                situation ->
                        discretion(served, body)
                                .keep(() -> evaluator.create(situation, namespace, body, options)));
    }

    @Override
    public Written update(
            Served served,
            String namespace,
            String name,
            String subresource,
            Map<String, Object> body,
            WriteOptions options) {
        var key = served.kind().key().resource(namespace, name);
        return write(
                served,
                options,
                situation ->
                        discretion(served, body)
                                .keep(() ->
                                        evaluator.update(
                                                situation, key, subresource, body, options)));
    }

    @Override
    public Written patch(
            Served served,
            String namespace,
            String name,
            String subresource,
            Patch patch,
            WriteOptions options) {
        var key = served.kind().key().resource(namespace, name);
        return write(
                served,
                options,
                situation ->
                        discretion(served, Discretion.sent(patch))
                                .keep(() ->
                                        evaluator.patch(
                                                situation, key, subresource, patch, options)));
    }

    @Override
    public Written delete(
            Served served,
            String namespace,
            String name,
            DeleteOptions deletion,
            WriteOptions options) {
        var key = served.kind().key().resource(namespace, name);
        return write(
                served, options, situation -> evaluator.delete(situation, key, deletion, options));
    }

    private static Discretion discretion(Served served, Object sent) {
        return new Discretion(Redaction.of(served.kind()), sent);
    }

    @Override
    public List<Revision> batch(Consumer<Batch> writes, WriteOptions options) {
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            store.fresh();
            var now = kinds.current();
            var batch = new Batch(evaluator, store.state(), now, kinds::reliance, options);
            writes.accept(batch);
            var made = commit(batch, options);
            if (made.isPresent()) {
                return made.get();
            }
        }
        throw outrun();
    }

    /// Empty when the batch has to be made anew.
    private Optional<List<Revision>> commit(Batch batch, WriteOptions options) {
        if (options.dryRun() || batch.changes().isEmpty()) {
            return Optional.of(List.of());
        }
        var commit = new Commit(batch.changes(), batch.reliesOn(), options.attribution(), epoch);
        return switch (store.commit(commit)) {
            case Outcome.Committed(var revisions) -> Optional.of(revisions);
            case Outcome.Fenced(var held) -> throw fenced(held);
            case Outcome.Full(var limit) -> throw full(limit);
            case Outcome.Failed _ -> Optional.empty();
        };
    }

    /// Evaluates and commits until nobody else was first.
    private Written write(
            Served served, WriteOptions options, Function<Situation, Evaluated> evaluation) {
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            var evaluated = evaluation.apply(situation(served));
            var written = commit(evaluated, options);
            if (written.isPresent()) {
                return written.get();
            }
        }
        throw outrun();
    }

    private static ProblemException outrun() {
        return Problem.of(
                        Reason.CONFLICT,
                        "other writers were first %d times in a row; try again"
                                .formatted(MAX_ATTEMPTS))
                .exception();
    }

    private static ProblemException fenced(long epoch) {
        return Problem.of(Reason.CONFLICT, "another process holds the lease now, in epoch " + epoch)
                .exception();
    }

    private static ProblemException full(long limit) {
        return Problem.of(
                        Reason.INSUFFICIENT_STORAGE,
                        ("everything that exists would take more than the %d MiB of memory that it may take: delete what is"
                                        + " not needed, or start the server with a larger heap (SLIPWAY_HEAP)")
                                .formatted(limit >> 20))
                .exception();
    }

    /// The kind is looked up anew, because its CRD may have changed since the request was routed; and nothing is judged
    /// on a state that lacks what another process has acknowledged.
    private Situation situation(Served routed) {
        store.fresh();
        var now = kinds.current();
        var served =
                now.byPlural(routed.group(), routed.version().name(), routed.names().plural())
                        .orElseThrow(() ->
                                Problem.of(Reason.NOT_FOUND, Situation.NOT_SERVED).exception());
        return new Situation(store.state(), now, served, kinds.reliance(served.kind()));
    }

    /// Empty when the write has to be evaluated anew.
    private Optional<Written> commit(Evaluated evaluated, WriteOptions options) {
        if (options.dryRun() || evaluated.changes().isEmpty()) {
            return Optional.of(evaluated.written());
        }
        var commit =
                new Commit(evaluated.changes(), evaluated.reliesOn(), options.attribution(), epoch);
        return switch (store.commit(commit)) {
            case Outcome.Committed committed ->
                    Optional.of(evaluated.at(committed.revisions().getLast().number()));
            case Outcome.Fenced(var held) -> throw fenced(held);
            case Outcome.Full(var limit) -> throw full(limit);
            case Outcome.Failed(var precondition, _) -> {
                var conflict = evaluated.conflict(precondition);
                if (conflict.isPresent()) {
                    throw conflict.get().exception();
                }
                yield Optional.empty();
            }
        };
    }
}
