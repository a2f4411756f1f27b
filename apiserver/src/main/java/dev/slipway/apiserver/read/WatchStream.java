package dev.slipway.apiserver.read;

import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.model.ProblemException;
import dev.slipway.kernel.resources.Resources;
import dev.slipway.kernel.store.Event;
import dev.slipway.kernel.store.State;
import dev.slipway.kernel.store.Store;
import dev.slipway.kernel.store.StoredObject;
import dev.slipway.kernel.store.Watch;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;

/// One running watch. Used by one thread, the one that answers the request.
final class WatchStream {
    /// How long a watch waits before it looks whether its kind is still served.
    private static final Duration LOOK_UP = Duration.ofSeconds(5);

    /// What a watch was asked for.
    ///
    /// @param start the revision after which events are told; empty for a watch that begins with what exists
    record Plan(
            Selection selection,
            Options options,
            OptionalLong start,
            Duration lifetime,
            Duration bookmarkInterval,
            Duration lastBookmark) {}

    private final Store store;
    private final Snapshots snapshots;
    private final Resources resources;
    private final Clock clock;
    private final Plan plan;
    private final Frames frames;
    private final OutputStream out;
    private final Instant end;
    private Instant nextBookmark;

    /// Nothing up to here is told: the client knows it, or will have heard of it from another process.
    private long known;

    WatchStream(
            Store store,
            Snapshots snapshots,
            Resources resources,
            Clock clock,
            Plan plan,
            Frames frames,
            OutputStream out) {
        this.store = store;
        this.snapshots = snapshots;
        this.resources = resources;
        this.clock = clock;
        this.plan = plan;
        this.frames = frames;
        this.out = out;
        this.end = clock.instant().plus(plan.lifetime());
        this.nextBookmark = bookmarkAfter(clock.instant());
    }

    /// Sends events until the time is up, the kind is gone, or the client is.
    void run() throws IOException, InterruptedException {
        try (var watch = begin()) {
            follow(watch);
        } catch (ProblemException e) {
            frames.error(e.problem(), out);
        }
        out.flush();
    }

    /// Sends what exists, where that is asked for, and opens the watch of what follows. The client learns at once that the
    /// watch is open, but not before it is settled from which moment on: what is written after that is told write by write.
    private Watch begin() throws IOException {
        if (plan.start().isPresent()) {
            out.flush();
            known = plan.start().getAsLong();
            return watch(Math.min(known, store.state().revision()));
        }
        var state = snapshots.of(plan.selection().served().kind().key(), plan.options().wanted());
        out.flush();
        known = state.revision();
        sendAll(state);
        return watch(known);
    }

    private Watch watch(long after) {
        return store.watch(plan.selection().scope(), after);
    }

    private void sendAll(State state) throws IOException {
        for (var object : plan.selection().candidates(state)) {
            if (plan.selection().holds(object)) {
                frames.event(Frames.ADDED, object, out);
            }
        }
        if (plan.options().bookmarks() && plan.options().initialEvents().orElse(false)) {
            frames.bookmark(state.revision(), true, out);
        }
        out.flush();
    }

    private void follow(Watch watch) throws IOException, InterruptedException {
        while (clock.instant().isBefore(end) && isServed()) {
            var event = watch.next(patience());
            while (event.isPresent()) {
                if (event.get().revision() > known) {
                    send(event.get());
                }
                event = watch.poll();
            }
            bookmark(watch.revision());
            out.flush();
        }
    }

    private Duration patience() {
        var now = clock.instant();
        var next = plan.options().bookmarks() && nextBookmark.isBefore(end) ? nextBookmark : end;
        var left = Duration.between(now, next);
        return left.compareTo(LOOK_UP) < 0 ? left.plusMillis(1) : LOOK_UP;
    }

    /// Whether the kind is still there: that of a CRD may be deleted.
    private boolean isServed() {
        var served = plan.selection().served();
        return resources
                .kinds()
                .byPlural(served.group(), served.version().name(), served.names().plural())
                .isPresent();
    }

    private void send(Event event) throws IOException {
        var selection = plan.selection();
        var now = selection.holds(event.object());
        switch (event.operation()) {
            case CREATE -> sendIf(now, Frames.ADDED, event.object());
            case DELETE ->
                    sendIf(
                            now || event.previous().filter(selection::holds).isPresent(),
                            Frames.DELETED,
                            event.object());
            case UPDATE -> {
                if (selection.isByKey()) {
                    sendIf(now, Frames.MODIFIED, event.object());
                } else {
                    sendSelected(event, now);
                }
            }
        }
    }

    /// What an update means to who selects by content: the resource may have come in or gone out.
    private void sendSelected(Event event, boolean now) throws IOException {
        if (event.previous().isEmpty()) {
            throw Problem.of(
                            Reason.EXPIRED,
                            "what %s was before revision %d was compacted"
                                    .formatted(event.object().key(), event.revision()))
                    .exception();
        }
        var before = event.previous().filter(plan.selection()::holds);
        if (now) {
            sendIf(true, before.isPresent() ? Frames.MODIFIED : Frames.ADDED, event.object());
        } else if (before.isPresent()) {
            sendIf(true, Frames.DELETED, atRevision(before.get(), event.revision()));
        }
    }

    private static StoredObject atRevision(StoredObject object, long revision) {
        return new StoredObject(object.key(), revision, object.body());
    }

    private void sendIf(boolean wanted, String type, StoredObject object) throws IOException {
        if (wanted) {
            frames.event(type, object, out);
        }
    }

    private void bookmark(long revision) throws IOException {
        var now = clock.instant();
        if (plan.options().bookmarks() && revision >= known && !now.isBefore(nextBookmark)) {
            frames.bookmark(revision, false, out);
            nextBookmark = bookmarkAfter(now);
        }
    }

    /// In an interval, or shortly before the end where that comes first and is still ahead.
    private Instant bookmarkAfter(Instant now) {
        var regular = now.plus(plan.bookmarkInterval());
        var last = end.minus(plan.lastBookmark());
        return last.isAfter(now) && last.isBefore(regular) ? last : regular;
    }
}
