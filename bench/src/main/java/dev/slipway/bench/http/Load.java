package dev.slipway.bench.http;

import dev.slipway.bench.report.Samples;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/// A number of clients, each with a connection of its own that is made before the clock runs. One client runs on the
/// thread that asks, so that nothing is handed from thread to thread; several run on virtual threads. Used by one
/// thread.
public final class Load implements AutoCloseable {
    private final List<Connection> connections;

    private Load(List<Connection> connections) {
        this.connections = connections;
    }

    /// What a run took.
    public record Run(Samples latencies, double seconds) {}

    public static Load open(Access access, int clients) throws IOException {
        var connections = new ArrayList<Connection>();
        try {
            for (int i = 0; i < clients; i++) {
                connections.add(access.connect());
            }
            return new Load(connections);
        } catch (IOException e) {
            connections.forEach(Connection::close);
            throw e;
        }
    }

    /// Sends each request once, whoever is free the next one; the first failure ends the run.
    public Run run(List<Request> requests) throws IOException {
        var latencies = new long[requests.size()];
        var next = new AtomicInteger();
        var began = System.nanoTime();
        if (connections.size() == 1) {
            client(connections.getFirst(), requests, next, latencies);
        } else {
            together(requests, next, latencies);
        }
        return new Run(Samples.of(latencies), (System.nanoTime() - began) / 1e9);
    }

    @Override
    public void close() {
        connections.forEach(Connection::close);
    }

    private void together(List<Request> requests, AtomicInteger next, long[] latencies)
            throws IOException {
        var clients = new ArrayList<Future<Integer>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var connection : connections) {
                clients.add(threads.submit(() -> client(connection, requests, next, latencies)));
            }
        }
        for (var client : clients) {
            done(client);
        }
    }

    /// Works off requests until there are none left; returns how many it sent.
    private static int client(
            Connection connection, List<Request> requests, AtomicInteger next, long[] latencies)
            throws IOException {
        var sent = 0;
        try {
            for (var i = next.getAndIncrement(); i < requests.size(); i = next.getAndIncrement()) {
                var began = System.nanoTime();
                connection.send(requests.get(i));
                latencies[i] = System.nanoTime() - began;
                sent++;
            }
            return sent;
        } catch (IOException e) {
            next.set(requests.size());
            throw e;
        }
    }

    private static void done(Future<Integer> client) throws IOException {
        try {
            client.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        }
    }
}
