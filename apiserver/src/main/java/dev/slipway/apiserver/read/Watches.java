package dev.slipway.apiserver.read;

import dev.slipway.apiserver.protobuf.ProtobufWriter;
import dev.slipway.apiserver.table.Tables;
import dev.slipway.apiserver.wire.Answers;
import dev.slipway.apiserver.wire.Representation;
import dev.slipway.apiserver.wire.Representation.Format;
import dev.slipway.apiserver.wire.Representation.Shape;
import dev.slipway.client.web.WebRequest;
import dev.slipway.client.web.WebResponse;
import dev.slipway.kernel.kind.Kinds.Served;
import dev.slipway.kernel.resources.Resources;
import dev.slipway.kernel.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;

/// Answers watches: what exists, then each event as it happens, one JSON object per line or one message after its length. Thread-safe.
public final class Watches {
    /// How often a watch says how far it is, where it is asked to.
    static final Duration BOOKMARK_INTERVAL = Duration.ofMinutes(1);

    /// How long before its end a watch says how far it is.
    static final Duration LAST_BOOKMARK = Duration.ofSeconds(2);

    /// How long a watch lasts that sets no time itself; up to twice as long, so that not all end at once.
    static final Duration DEFAULT_LIFETIME = Duration.ofMinutes(30);

    private static final String JSON = Format.JSON.contentType();
    private static final String MESSAGES = Format.PROTOBUF.contentType() + ";stream=watch";

    private final Store store;
    private final Snapshots snapshots;
    private final Resources resources;
    private final Clock clock;
    private final RandomGenerator random;

    public Watches(Store store, Resources resources, Clock clock, RandomGenerator random) {
        this.store = store;
        this.snapshots = new Snapshots(store, clock);
        this.resources = resources;
        this.clock = clock;
        this.random = random;
    }

    /// Answers the watch of a kind; whatever is wrong with the request is refused before the stream begins.
    ///
    /// @param namespace empty for all
    /// @param guard is told the revision that is asked for, and refuses by an exception
    public WebResponse watch(
            WebRequest request, Served served, String namespace, LongConsumer guard) {
        var form = form(request, served);
        var options = Options.ofWatch(request, served);
        options.resourceVersion().ifPresent(guard);
        var selection = Selection.of(served, namespace, options);
        var frames = new Frames(served, form, new Tables(served, request, clock));
        var plan =
                new WatchStream.Plan(
                        selection,
                        options,
                        start(selection, options),
                        lifetime(options),
                        BOOKMARK_INTERVAL,
                        LAST_BOOKMARK);
        return new WebResponse.Streaming(
                200,
                Map.of("Content-Type", form.format() == Format.PROTOBUF ? MESSAGES : JSON),
                out ->
                        new WatchStream(store, snapshots, resources, clock, plan, frames, out)
                                .run());
    }

    /// Refused here, because an answer that has begun cannot be any more.
    private static Representation form(WebRequest request, Served served) {
        var form = Representation.of(request);
        var kind = served.names().kind();
        if (form.format() == Format.PROTOBUF
                && form.shape() == Shape.WHOLE
                && !ProtobufWriter.writes(served.apiVersion(), kind)) {
            throw Answers.noMessage(served.apiVersion(), kind);
        }
        return form;
    }

    /// The revision that the watch is from. Where none is named it is the newest of this moment and not of the moment
    /// when the stream is first written to: whoever was told that the watch is open sees what is written from then on.
    private OptionalLong start(Selection selection, Options options) {
        if (options.initial()) {
            return OptionalLong.empty();
        }
        var asked = options.resourceVersion().orElse(0);
        return OptionalLong.of(
                asked > 0
                        ? asked
                        : snapshots
                                .of(selection.served().kind().key(), options.wanted())
                                .revision());
    }

    private Duration lifetime(Options options) {
        var seconds = options.timeoutSeconds().orElse(0);
        return seconds > 0
                ? Duration.ofSeconds(seconds)
                : DEFAULT_LIFETIME.plusMillis(random.nextLong(DEFAULT_LIFETIME.toMillis()));
    }
}
