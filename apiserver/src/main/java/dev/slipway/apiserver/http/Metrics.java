package dev.slipway.apiserver.http;

import dev.slipway.client.web.WebResponse;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/// Counts what the server does, and prints it as Prometheus reads it. Thread-safe.
public final class Metrics {
    /// Which requests are counted together.
    private record Counted(String method, int status) implements Comparable<Counted> {
        @Override
        public int compareTo(Counted other) {
            var byMethod = method.compareTo(other.method);
            return byMethod != 0 ? byMethod : Integer.compare(status, other.status);
        }
    }

    private final Map<Counted, LongAdder> requests = new ConcurrentSkipListMap<>();
    private final LongAdder nanoseconds = new LongAdder();
    private final Map<String, LongSupplier> gauges = new ConcurrentHashMap<>();

    /// Adds a figure that is read when it is asked for.
    ///
    /// @param name as Prometheus wants it: `slipway_store_revision`
    public Metrics gauge(String name, LongSupplier value) {
        gauges.put(name, value);
        return this;
    }

    void request(String method, int status, Duration time) {
        requests.computeIfAbsent(new Counted(known(method), status), _ -> new LongAdder())
                .increment();
        nanoseconds.add(time.toNanos());
    }

    WebResponse answer() {
        var out = new StringBuilder("# TYPE slipway_http_requests_total counter\n");
        requests.forEach((counted, count) ->
                out.append(
                        "slipway_http_requests_total{method=\"%s\",code=\"%d\"} %d\n"
                                .formatted(counted.method(), counted.status(), count.sum())));
        out.append("# TYPE slipway_http_request_seconds_total counter\n");
        out.append("slipway_http_request_seconds_total %.6f\n".formatted(nanoseconds.sum() / 1e9));
        all().forEach((name, value) ->
                out.append("# TYPE %s gauge\n%s %d\n".formatted(name, name, value.getAsLong())));
        return WebResponse.text(200, "text/plain; version=0.0.4; charset=utf-8", out.toString());
    }

    private Map<String, LongSupplier> all() {
        var all = new TreeMap<>(gauges);
        var runtime = Runtime.getRuntime();
        all.put("slipway_heap_used_bytes", () -> runtime.totalMemory() - runtime.freeMemory());
        all.put("slipway_heap_max_bytes", runtime::maxMemory);
        all.put(
                "slipway_uptime_seconds",
                () -> ManagementFactory.getRuntimeMXBean().getUptime() / 1000);
        return all;
    }

    /// Methods that nobody knows are not counted apart: strangers could make any number of them.
    private static String known(String method) {
        return switch (method) {
            case "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS" -> method;
            default -> "other";
        };
    }
}
