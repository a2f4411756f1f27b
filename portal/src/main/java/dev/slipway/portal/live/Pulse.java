package dev.slipway.portal.live;

import dev.slipway.client.ApiClient;
import dev.slipway.client.ApiClient.Call;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.model.ProblemException;
import dev.slipway.portal.reading.ApiKind;
import dev.slipway.portal.reading.KindIndex;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;

/// The changes of all kinds that one user may watch, for all pages that the user has open.
///
/// One watch per kind, each on a thread of its own, from the first page until a while after the last. For all threads.
final class Pulse implements AutoCloseable {
    /// How many changes are remembered for pages that come back.
    static final int MEMORY = 1_024;

    /// How many kinds are watched; a page about others is made anew by its reader.
    static final int MAX_KINDS = 500;

    /// How long it goes on when nobody listens.
    static final Duration IDLE = Duration.ofSeconds(20);

    private static final Duration LOOK = Duration.ofMillis(200);

    private final ApiClient client;
    private final Consumer<Pulse> ended;
    private final ArrayDeque<Change> memory = new ArrayDeque<>();
    private final Set<Subscription> subscriptions = new HashSet<>();
    private final Map<ApiKind, KindWatch> watches = new HashMap<>();
    private final FutureTask<Boolean> opening = new FutureTask<>(this::open, true);
    private long from;
    private boolean stirred;
    private boolean closed;

    /// @param ended is run when it has closed itself
    Pulse(ApiClient client, Consumer<Pulse> ended) {
        this.client = client;
        this.ended = ended;
    }

    /// Opens the watches, once; returns when they are opened. A pulse that cannot be opened is closed.
    void start() {
        opening.run();
        try {
            opening.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.of(Reason.SERVICE_UNAVAILABLE, "the server stops").exception();
        } catch (ExecutionException e) {
            close();
            throw e.getCause() instanceof ProblemException problem
                    ? problem
                    : new IllegalStateException("no watches", e);
        }
    }

    private void open() {
        var index = KindIndex.read(client);
        long now = now(index);
        synchronized (this) {
            from = now;
        }
        follow(index);
        Thread.ofVirtual().name("portal-pulse").start(this::keepUp);
    }

    /// A page joins; empty where the pulse has just ended. What it has missed since its revision it is told at once.
    synchronized boolean join(Subscription subscription, long revision) {
        if (closed) {
            return false;
        }
        subscriptions.add(subscription);
        boolean forgotten = revision < from;
        if (forgotten) {
            subscription.tell(Change.unseen(from));
        }
        memory.stream().filter(change -> change.revision() > revision).forEach(subscription::tell);
        return true;
    }

    synchronized void leave(Subscription subscription) {
        subscriptions.remove(subscription);
    }

    /// Something was written.
    synchronized void tell(Change change) {
        memory.add(change);
        if (memory.size() > MEMORY) {
            from = Math.max(from, memory.remove().revision());
        }
        subscriptions.forEach(subscription -> subscription.tell(change));
        stirred = true;
    }

    /// The newest revision, which a list of any kind tells.
    long now(KindIndex index) {
        return index.kinds().stream()
                .flatMap(kind -> revision(kind).stream())
                .findFirst()
                .orElse(0L);
    }

    private Optional<Long> revision(ApiKind kind) {
        try {
            var list = client.json(Call.get(kind.collection() + "?limit=1"));
            return Optional.of(Change.revision(Json.object(list, "metadata")));
        } catch (ProblemException e) {
            return Optional.empty();
        }
    }

    ApiClient client() {
        return client;
    }

    @Override
    public void close() {
        List<KindWatch> open;
        List<Subscription> listening;
        synchronized (this) {
            closed = true;
            open = new ArrayList<>(watches.values());
            listening = new ArrayList<>(subscriptions);
        }
        open.forEach(KindWatch::close);
        listening.forEach(Subscription::end);
        ended.accept(this);
    }

    /// Follows kinds that come and go, until nobody has listened for a while.
    private void keepUp() {
        try {
            int quiet = 0;
            while (quiet < IDLE.dividedBy(LOOK) && !isClosed()) {
                Thread.sleep(LOOK);
                quiet = isHeard() ? 0 : quiet + 1;
                if (takeStirred()) {
                    lookForKinds();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            close();
        }
    }

    private void lookForKinds() {
        try {
            if (follow(KindIndex.read(client))) {
                tellMenu();
            }
        } catch (ProblemException e) {
            stir();
        }
    }

    /// Opens and closes watches so that they are those of the index; whether any had to be.
    private boolean follow(KindIndex index) {
        var wanted =
                new HashSet<>(
                        index.kinds().stream()
                                .filter(kind -> kind.can("watch"))
                                .limit(MAX_KINDS)
                                .toList());
        var gone = new ArrayList<KindWatch>();
        boolean more = false;
        synchronized (this) {
            for (var kind : new ArrayList<>(watches.keySet())) {
                if (!wanted.contains(kind)) {
                    gone.add(watches.remove(kind));
                }
            }
            for (var kind : wanted) {
                if (!watches.containsKey(kind) && !closed) {
                    watches.put(kind, KindWatch.open(this, kind, from));
                    more = true;
                }
            }
        }
        gone.forEach(KindWatch::close);
        return more || !gone.isEmpty();
    }

    private synchronized void tellMenu() {
        subscriptions.forEach(Subscription::tellMenu);
    }

    private synchronized void stir() {
        stirred = true;
    }

    private synchronized boolean takeStirred() {
        boolean was = stirred;
        stirred = false;
        return was;
    }

    private synchronized boolean isHeard() {
        return !subscriptions.isEmpty();
    }

    private synchronized boolean isClosed() {
        return closed;
    }
}
