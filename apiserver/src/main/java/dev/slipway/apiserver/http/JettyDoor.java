package dev.slipway.apiserver.http;

import dev.slipway.apiserver.wire.Answers;
import dev.slipway.client.web.WebResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// Gives each request a virtual thread of its own, within bounds. When the server stops, answers that stay open are
/// ended, those that run finish, and requests that come are refused.
final class JettyDoor extends Handler.Abstract.NonBlocking {
    private static final System.Logger LOG = System.getLogger(JettyDoor.class.getName());

    private final FrontDoor door;
    private final Limits limits;
    private final Semaphore requests;
    private final Semaphore streams;
    private final Semaphore memory;
    private final Shares requesters;
    private final Shares listeners;
    private final WebSockets webSockets;
    private final HeadDeadlines heads;
    private final Set<Thread> streaming = ConcurrentHashMap.newKeySet();

    /// From the arrival to the last byte that the client has taken.
    private final AtomicInteger running = new AtomicInteger();

    private volatile boolean stopping;

    /// @param heads is told of each request that arrives
    JettyDoor(FrontDoor door, Limits limits, HeadDeadlines heads) {
        this.door = door;
        this.heads = heads;
        this.limits = limits;
        this.requests = new Semaphore(limits.requests());
        this.streams = new Semaphore(limits.streams());
        this.memory = new Semaphore(limits.bodyBytes());
        this.requesters =
                new Shares(
                        limits.requestsOfOne(),
                        limits.readingOfOne(),
                        limits.writingOfOne(),
                        limits.bodyBytesOfOne());
        this.webSockets = new WebSockets(limits.silence());
        this.listeners = new Shares(limits.streamsOfOne(), 0, 0, 0);
        door.metrics()
                .gauge(
                        "slipway_http_requests_active",
                        () -> limits.requests() - requests.availablePermits())
                .gauge(
                        "slipway_http_streams_active",
                        () -> limits.streams() - streams.availablePermits());
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        running.incrementAndGet();
        heads.arrived(request);
        Thread.ofVirtual().name("request").start(() -> run(request, response, callback));
        return true;
    }

    /// Ends what stays open, refuses what comes, and waits until nothing is being answered any more.
    void stopWithin(Duration patience) throws InterruptedException {
        stopping = true;
        streaming.forEach(Thread::interrupt);
        var end = System.nanoTime() + patience.toNanos();
        while (running.get() > 0 && System.nanoTime() < end) {
            Thread.sleep(10);
        }
        if (running.get() > 0) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "%d answers were cut: their clients did not take them within %d s of the stop"
                            .formatted(running.get(), patience.toSeconds()));
        }
    }

    private void run(Request request, Response response, Callback callback) {
        var began = System.nanoTime();
        try {
            var exchange = new Exchange(request, door, memory, requesters, limits.arrival());
            var answer = answer(exchange);
            door.metrics()
                    .request(
                            request.getMethod(),
                            answer.status(),
                            Duration.ofNanos(System.nanoTime() - began));
            deliver(answer, exchange.user(), request, response, callback);
        } catch (IOException e) {
            // The client has gone; there is nobody to tell.
            LOG.log(System.Logger.Level.DEBUG, "a client has gone", e);
            callback.failed(e);
        } catch (InterruptedException e) {
            callback.succeeded();
        } catch (Throwable e) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "an answer failed: " + request.getHttpURI().getPath(),
                    e);
            callback.failed(e);
        } finally {
            running.decrementAndGet();
        }
    }

    private WebResponse answer(Exchange exchange) throws IOException, InterruptedException {
        if (stopping) {
            return stops();
        }
        if (!requests.tryAcquire()) {
            return busy();
        }
        try {
            return exchange.answer();
        } finally {
            requests.release();
        }
    }

    /// Completes the callback, unless it throws.
    private void deliver(
            WebResponse answer, String user, Request request, Response response, Callback callback)
            throws IOException, InterruptedException {
        var delivery = new Delivery(request, response);
        if (!(answer instanceof WebResponse.Streaming stream)) {
            delivery.deliver(answer);
            callback.succeeded();
            return;
        }
        var share = listeners.take(user);
        if (share.isEmpty() || !streams.tryAcquire()) {
            share.ifPresent(Shares.Share::close);
            delivery.deliver(busy());
            callback.succeeded();
            return;
        }
        try {
            if (stream.open()) {
                stream(stream, request, response, delivery, callback);
            } else {
                delivery.deliver(stream);
                callback.succeeded();
            }
        } finally {
            streams.release();
            share.get().close();
        }
    }

    /// Delivers what stays open, and so ends when the client has gone or the server stops.
    private void stream(
            WebResponse.Streaming answer,
            Request request,
            Response response,
            Delivery delivery,
            Callback callback)
            throws IOException, InterruptedException {
        var thread = Thread.currentThread();
        streaming.add(thread);
        try {
            if (stopping) {
                delivery.deliver(stops());
            } else if (webSockets.fit(answer, request)) {
                webSockets.deliver(answer, request, response, callback, () -> interrupt(thread));
                return;
            } else {
                request.addIdleTimeoutListener(_ -> false);
                var over = Departures.watch(request, response, () -> interrupt(thread));
                delivery.deliver(answer, over);
            }
            callback.succeeded();
        } finally {
            streaming.remove(thread);
        }
    }

    /// Only as long as the thread streams: later it may do something else.
    private void interrupt(Thread thread) {
        if (streaming.contains(thread)) {
            thread.interrupt();
        }
    }

    /// What a request is told that comes after the server was asked to stop.
    private static WebResponse stops() {
        return Answers.with(
                Answers.text(503, "This server stops, please try again soon."), "Retry-After", "1");
    }

    /// What a request is told that comes at a bad time.
    static WebResponse busy() {
        return Answers.with(
                Answers.text(429, "Too many requests, please try again later."),
                "Retry-After",
                "1");
    }
}
