package dev.slipway.kernel.past;

import dev.slipway.kernel.kind.Kind;
import dev.slipway.kernel.kind.Kinds;
import dev.slipway.kernel.kind.Kinds.Served;
import dev.slipway.kernel.kind.Redaction;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.store.Store;
import dev.slipway.kernel.store.StoredObject;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;

/// Everything that can be asked about what was: at which moment, what changed, and why.
///
/// What is told of confidential kinds is redacted. Thread-safe.
public final class Past {
    /// How many differences of one object are told.
    public static final int MAX_DIFFERENCES = 1_000;

    private final PastKinds kinds;
    private final Moments moments;
    private final History history;
    private final Why why;

    /// @param current the kinds that are served now
    public Past(Store store, Supplier<Kinds> current, Clock clock) {
        this.kinds = new PastKinds(store, current);
        this.moments = new Moments(store, clock);
        this.history = new History(store);
        this.why = new Why(store);
    }

    /// The number of the newest revision at a moment; throws a problem of reason `EXPIRED` for a time before all of them.
    ///
    /// @param field what the moment was given as, for messages
    /// @param text a revision's number or an RFC 3339 time
    public long number(String field, String text) {
        return moments.number(field, text);
    }

    /// The kind behind `/apis/GROUP/VERSION/PLURAL`, now or when it was last defined.
    public Optional<Served> served(String group, String version, String plural) {
        return kinds.served(group, version, plural);
    }

    /// What happened to an object before a revision, newest first, at most `limit` revisions.
    public HistoryPage history(Kind kind, ResourceKey key, long before, int limit) {
        return history.page(key, Redaction.of(kind), before, limit);
    }

    /// Where an object differs between two moments, at most [#MAX_DIFFERENCES].
    ///
    /// @param before empty where it was not there
    /// @param after empty where it was not there any more
    public Differences differences(
            Kind kind, Optional<StoredObject> before, Optional<StoredObject> after) {
        return Differences.between(
                before.map(one -> Content.of(Json.readObject(one.body()))),
                after.map(one -> Content.of(Json.readObject(one.body()))),
                Redaction.of(kind),
                MAX_DIFFERENCES);
    }

    /// Why the value at a path is what it is, or why there is none; without steps: why the object is as it is.
    ///
    /// Empty for an object that never was; throws a problem for a value that never was.
    public Optional<Explanation> why(Kind kind, ResourceKey key, TreePath path) {
        return why.of(key, Redaction.of(kind), path);
    }
}
