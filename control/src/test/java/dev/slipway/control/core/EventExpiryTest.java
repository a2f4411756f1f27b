package dev.slipway.control.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.control.Next;
import dev.slipway.control.Waking;
import dev.slipway.kernel.kind.BuiltInKinds;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.model.Yaml;
import dev.slipway.kernel.resources.KindsView;
import dev.slipway.kernel.resources.StoredResources;
import dev.slipway.kernel.resources.Strictness;
import dev.slipway.kernel.resources.WriteOptions;
import dev.slipway.kernel.store.Attribution;
import dev.slipway.kernel.store.MemoryStore;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventExpiryTest {
    private static final ResourceKey WEB = KindKey.of("", "events").resource("default", "web");

    private final Hands clock = new Hands();
    private final MemoryStore store = new MemoryStore(clock);
    private final KindsView kinds = new KindsView(store, BuiltInKinds.load());
    private final StoredResources resources =
            new StoredResources(store, kinds, List.of(), clock, new Random(1));
    private final EventExpiry expiry = new EventExpiry(resources, clock);

    @AfterEach
    void close() {
        kinds.close();
        store.close();
    }

    @Test
    void deletesAnEventAfterAnHour() {
        create("");

        assertThat(reconcile()).isEqualTo(new Next.Again(Duration.ofHours(1)));
        clock.now = clock.now.plus(Duration.ofMinutes(59));
        assertThat(reconcile()).isEqualTo(new Next.Again(Duration.ofMinutes(1)));
        clock.now = clock.now.plus(Duration.ofMinutes(1));
        assertThat(reconcile()).isEqualTo(Next.DONE);
        assertThat(store.state().get(WEB)).isEmpty();
        assertThat(reconcile()).isEqualTo(Next.DONE);
    }

    @Test
    void countsFromWhenItWasLastSeen() {
        create("lastTimestamp: '2026-03-01T12:30:00Z'");
        clock.now = clock.now.plus(Duration.ofMinutes(45));

        assertThat(reconcile()).isEqualTo(new Next.Again(Duration.ofMinutes(45)));
    }

    @Test
    void doesNotBelieveTimesToCome() {
        create(
                """
                eventTime: '2099-01-01T00:00:00.000000Z'
                reportingComponent: example.com/watcher
                reportingInstance: watcher-1
                action: Looking
                reason: Seen\
                """);
        clock.now = clock.now.plus(Duration.ofHours(1));

        assertThat(reconcile()).isEqualTo(Next.DONE);
        assertThat(store.state().get(WEB)).isEmpty();
    }

    @Test
    void startsWithAllEvents() {
        create("");

        assertThat(expiry.all(store.state())).containsExactly(WEB);
    }

    private Next reconcile() {
        return expiry.reconcile(WEB, new Waking(List.of(), 0));
    }

    private void create(String more) {
        put("{apiVersion: v1, kind: Namespace, metadata: {name: default}}", "");
        put(
                """
                apiVersion: v1
                kind: Event
                metadata: {name: web, namespace: default}
                involvedObject: {kind: Service, name: web, namespace: default}
                %s
                """
                        .formatted(more),
                "default");
    }

    private void put(String yaml, String namespace) {
        Map<String, Object> tree =
                Json.cast((Map<?, ?>) Yaml.read(yaml.getBytes(StandardCharsets.UTF_8)));
        var served = resources.kinds().byKind("v1", String.valueOf(tree.get("kind"))).orElseThrow();
        var options = new WriteOptions(Attribution.of("ann"), "ann", false, Strictness.STRICT);
        resources.create(served, namespace, tree, options);
    }

    /// A clock whose hands are turned by the test.
    private static final class Hands extends Clock {
        private Instant now = Instant.parse("2026-03-01T12:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
