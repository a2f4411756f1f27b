package dev.slipway.portal.live;

import dev.slipway.client.ApiClient.Call;
import dev.slipway.client.ApiClient.Reply;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.MalformedException;
import dev.slipway.kernel.model.ProblemException;
import dev.slipway.portal.reading.ApiKind;
import dev.slipway.portal.reading.KindIndex;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A watch of one kind that goes on until it is closed; a stream that ends is opened again.
final class KindWatch implements AutoCloseable {
    private static final Logger LOG = System.getLogger(KindWatch.class.getName());
    private static final String METADATA =
            "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io,application/json";

    /// How long it waits before it opens a stream again.
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Pulse pulse;
    private final ApiKind kind;
    private long revision;
    private Optional<Reply> stream = Optional.empty();
    private final CountDownLatch closing = new CountDownLatch(1);

    private KindWatch(Pulse pulse, ApiKind kind, long revision) {
        this.pulse = pulse;
        this.kind = kind;
        this.revision = revision;
    }

    /// Watches from after a revision, on a thread of its own.
    static KindWatch open(Pulse pulse, ApiKind kind, long revision) {
        var watch = new KindWatch(pulse, kind, revision);
        Thread.ofVirtual().name("portal-watch-" + kind.groupResource()).start(watch::run);
        return watch;
    }

    @Override
    public void close() {
        closing.countDown();
        kept().ifPresent(KindWatch::end);
    }

    private void run() {
        try {
            while (!isClosed()
                    && follow()
                    && !closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                keep(Optional.empty());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Reads one stream to its end; whether another one is worth trying.
    private boolean follow() {
        try (var reply = pulse.client().send(Call.get(target()).header("Accept", METADATA))) {
            if (!reply.ok()) {
                return refused(reply);
            }
            keep(Optional.of(reply));
            if (!isClosed()) {
                read(reply);
            }
        } catch (IOException | UncheckedIOException | ProblemException | MalformedException e) {
            LOG.log(Logger.Level.DEBUG, "the watch of " + kind.groupResource() + " broke off", e);
        }
        return true;
    }

    private String target() {
        return kind.collection()
                + "?watch=true&allowWatchBookmarks=true&resourceVersion="
                + revision;
    }

    /// What may not be watched is left alone; what is too old begins again from now.
    private boolean refused(Reply reply) {
        if (reply.status() == 410) {
            begin();
        }
        return reply.status() != 403 && reply.status() != 404 && reply.status() != 405;
    }

    private void read(Reply reply) throws IOException {
        var lines = new BufferedReader(new InputStreamReader(reply.body(), StandardCharsets.UTF_8));
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            if (!line.isBlank() && !take(Json.readObject(line))) {
                return;
            }
        }
    }

    /// Passes an event on; false where the stream has told its error and is over.
    private boolean take(Map<String, Object> event) {
        var object = Json.object(event, "object");
        return switch (Json.string(event, "type")) {
            case "ERROR" -> {
                begin();
                yield false;
            }
            case "BOOKMARK" -> {
                revision = Math.max(revision, Change.revision(Json.object(object, "metadata")));
                yield true;
            }
            default -> {
                var change = Change.of(kind, object);
                revision = Math.max(revision, change.revision());
                pulse.tell(change);
                yield true;
            }
        };
    }

    /// Begins again from now; what happened in between nobody saw.
    private void begin() {
        revision = pulse.now(new KindIndex(List.of(kind)));
        pulse.tell(Change.unseen(revision));
    }

    private synchronized void keep(Optional<Reply> reply) {
        stream = reply;
    }

    private synchronized Optional<Reply> kept() {
        return stream;
    }

    private boolean isClosed() {
        return closing.getCount() == 0;
    }

    private static void end(Reply reply) {
        try {
            reply.close();
        } catch (UncheckedIOException e) {
            LOG.log(Logger.Level.DEBUG, "a watch did not end well", e);
        }
    }
}
