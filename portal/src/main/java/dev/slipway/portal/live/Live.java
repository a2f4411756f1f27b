package dev.slipway.portal.live;

import dev.slipway.client.ApiClient;
import dev.slipway.client.web.Identity;
import dev.slipway.client.web.WebRequest;
import dev.slipway.client.web.WebResponse;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.portal.live.Subscription.Signal;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Streams of server-sent events, one for each open page: `page` and `menu`, with the revision as id. For all threads.
///
/// `/live?at=REVISION&about=KIND&about=KIND/NAMESPACE/NAME`; a `Last-Event-ID` takes the place of `at`.
public final class Live implements AutoCloseable {
    /// How many streams may be open at once; more are told to come back.
    public static final int MAX_STREAMS = 1_000;

    /// How many things one page may be about.
    public static final int MAX_ABOUT = 200;

    /// How long a page is left in peace after it was told to be made anew.
    static final Duration PEACE = Duration.ofMillis(150);

    /// How long changes elsewhere are gathered before the menu is made anew.
    static final Duration COMPANY = Duration.ofMillis(700);

    /// How long a stream may be silent.
    static final Duration SILENCE = Duration.ofSeconds(15);

    private record Who(String user, List<String> groups) {}

    private final Function<Identity, ApiClient> clients;
    private final Map<Who, Pulse> pulses = new HashMap<>();
    private int streams;
    private boolean closed;

    public Live(Function<Identity, ApiClient> clients) {
        this.clients = clients;
    }

    /// Answers a request for a stream.
    public WebResponse answer(WebRequest request) {
        var about = request.query().getOrDefault("about", List.of());
        if (about.size() > MAX_ABOUT) {
            throw Problem.badRequest("a page may be about " + MAX_ABOUT + " things").exception();
        }
        long revision =
                Change.number(
                        request.header("last-event-id").orElse(request.parameter("at").orElse("")));
        return new WebResponse.Streaming(
                200,
                Map.of(
                        "Content-Type", "text/event-stream; charset=utf-8",
                        "Cache-Control", "no-store",
                        "X-Content-Type-Options", "nosniff"),
                out ->
                        stream(
                                out,
                                request.identity(),
                                new Subscription(about, revision),
                                revision));
    }

    @Override
    public void close() {
        List<Pulse> open;
        synchronized (this) {
            closed = true;
            open = List.copyOf(pulses.values());
        }
        open.forEach(Pulse::close);
    }

    private void stream(
            OutputStream out, Identity identity, Subscription subscription, long revision)
            throws IOException, InterruptedException {
        enter();
        try {
            send(out, "retry: 2000\n\n");
            var pulse = join(identity, subscription, revision);
            try {
                send(out, "event: live\ndata:\n\n");
                write(out, subscription);
            } finally {
                pulse.leave(subscription);
            }
        } finally {
            exit();
        }
    }

    private static void write(OutputStream out, Subscription subscription)
            throws IOException, InterruptedException {
        while (true) {
            switch (subscription.await(SILENCE, COMPANY)) {
                case Signal.Page(var revision) -> {
                    send(out, event("page", revision));
                    Thread.sleep(PEACE);
                }
                case Signal.Menu(var revision) -> send(out, event("menu", revision));
                case Signal.Quiet() -> send(out, ":\n\n");
                case Signal.Over() -> {
                    return;
                }
            }
        }
    }

    private static String event(String type, long revision) {
        return "id: %d\nevent: %s\ndata: %d\n\n".formatted(revision, type, revision);
    }

    private static void send(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private Pulse join(Identity identity, Subscription subscription, long revision) {
        var who = new Who(identity.user(), identity.groups());
        while (true) {
            var pulse = pulse(who, identity);
            pulse.start();
            if (pulse.join(subscription, revision)) {
                return pulse;
            }
        }
    }

    private synchronized Pulse pulse(Who who, Identity identity) {
        if (closed) {
            throw Problem.of(Reason.SERVICE_UNAVAILABLE, "the server stops").exception();
        }
        return pulses.computeIfAbsent(
                who, _ -> new Pulse(clients.apply(identity), pulse -> forget(who, pulse)));
    }

    private synchronized void forget(Who who, Pulse pulse) {
        pulses.remove(who, pulse);
    }

    private synchronized void enter() {
        if (streams >= MAX_STREAMS) {
            throw Problem.of(
                            Reason.TOO_MANY_REQUESTS,
                            "%d pages are live already".formatted(streams))
                    .retryAfter(10)
                    .exception();
        }
        streams++;
    }

    private synchronized void exit() {
        streams--;
    }
}
