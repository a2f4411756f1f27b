import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/// What operators in Java do: informers and watches, which come by WebSocket, server-side apply, leader election.
final class Client {
    interface Test {
        void run() throws Exception;
    }

    /// Counts the answers to watches, by whether they came as plain HTTP.
    static final class Door implements Interceptor {
        final AtomicInteger plainWatches = new AtomicInteger();

        @Override
        public void after(HttpRequest request, HttpResponse<?> response, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
            if (request.uri().toString().contains("watch=true") && response.code() == 200) {
                plainWatches.incrementAndGet();
            }
        }
    }

    static int failed;
    final String namespace;
    final Door door = new Door();
    final KubernetesClient client = new KubernetesClientBuilder()
            .withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor("door", door))
            .build();

    Client(String namespace) {
        this.namespace = namespace;
    }

    public static void main(String[] arguments) throws Exception {
        var it = new Client(arguments[0]);
        it.client.namespaces().resource(new NamespaceBuilder().withNewMetadata().withName(it.namespace).endMetadata().build()).create();
        test("informer", it::informer);
        test("informer-indexes-and-resyncs", it::indexes);
        test("informer-of-custom-kind", it::custom);
        test("watch-goes-on-after-its-time", it::reconnects);
        test("watch-of-old-version", it::tooOld);
        test("wait-until-condition", it::waits);
        test("server-side-apply", it::apply);
        test("leader-election", it::leads);
        test("log-of-what-is-not-there", it::refuses);
        test("all-watches-by-websocket", () -> check(it.door.plainWatches.get() == 0, it.door.plainWatches + " watches in plain HTTP"));
        it.client.namespaces().withName(it.namespace).delete();
        it.client.close();
        System.out.println(failed == 0 ? "all passed" : failed + " failed");
        System.exit(failed == 0 ? 0 : 1);
    }

    static void test(String name, Test test) {
        try {
            test.run();
            System.out.println("ok " + name);
        } catch (Throwable e) {
            failed++;
            System.out.println("not ok " + name + ": " + String.valueOf(e).replace('\n', ' '));
        }
    }

    static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    static void eventually(String what, BooleanSupplier condition) throws InterruptedException {
        for (var end = System.nanoTime() + Duration.ofSeconds(30).toNanos(); !condition.getAsBoolean(); Thread.sleep(20)) {
            check(System.nanoTime() < end, "not in time: " + what);
        }
    }

    static ConfigMap map(String name, String value) {
        return new ConfigMapBuilder().withNewMetadata().withName(name).endMetadata().addToData("value", value).build();
    }

    static class Seen<T extends io.fabric8.kubernetes.api.model.HasMetadata> implements ResourceEventHandler<T> {
        final List<String> events = new CopyOnWriteArrayList<>();

        @Override
        public void onAdd(T one) {
            events.add("+" + one.getMetadata().getName());
        }

        @Override
        public void onUpdate(T before, T after) {
            if (!before.getMetadata().getResourceVersion().equals(after.getMetadata().getResourceVersion())) {
                events.add("~" + after.getMetadata().getName());
            }
        }

        @Override
        public void onDelete(T one, boolean unknown) {
            events.add("-" + one.getMetadata().getName());
        }
    }

    void informer() throws Exception {
        var maps = client.configMaps().inNamespace(namespace);
        maps.resource(map("early", "1")).create();
        var seen = new Seen<ConfigMap>();
        try (var informer = maps.inform(seen)) {
            eventually("the list", () -> seen.events.contains("+early"));
            maps.resource(map("late", "1")).create();
            maps.withName("late").edit(one -> new ConfigMapBuilder(one).addToData("value", "2").build());
            maps.withName("late").delete();
            eventually("the deletion: " + seen.events, () -> seen.events.contains("-late"));
            var late = seen.events.stream().filter(one -> one.endsWith("late")).toList();
            check(late.equals(List.of("+late", "~late", "-late")), late.toString());
            check(informer.isWatching(), "it does not watch");
        }
    }

    void indexes() throws Exception {
        var maps = client.configMaps().inNamespace(namespace);
        var resyncs = new AtomicInteger();
        Map<String, java.util.function.Function<ConfigMap, List<String>>> by = Map.of("value", one -> one.getData() == null ? List.of() : new ArrayList<>(one.getData().values()));
        var handler = new Seen<ConfigMap>() {
            @Override
            public void onUpdate(ConfigMap before, ConfigMap after) {
                resyncs.incrementAndGet();
            }
        };
        try (var informer = maps.runnableInformer(500).addIndexers(by).addEventHandler(handler)) {
            informer.run();
            maps.resource(map("indexed", "needle")).create();
            eventually("the index", () -> !informer.getIndexer().byIndex("value", "needle").isEmpty());
            eventually("a resync", () -> resyncs.get() > 0);
        }
    }

    void custom() throws Exception {
        var group = namespace + ".example.com";
        var definition = """
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: shops.%1$s}
                spec:
                  group: %1$s
                  scope: Namespaced
                  names: {plural: shops, singular: shop, kind: Shop}
                  versions:
                    - name: v1
                      served: true
                      storage: true
                      schema: {openAPIV3Schema: {type: object, properties: {spec: {type: object, properties: {size: {type: integer}}}}}}
                """.formatted(group);
        var crd = client.apiextensions().v1().customResourceDefinitions().load(new java.io.ByteArrayInputStream(definition.getBytes()));
        crd.create();
        crd.waitUntilCondition(
                one -> one != null && one.getStatus() != null && one.getStatus().getConditions() != null && one.getStatus().getConditions().stream().anyMatch(c -> c.getType().equals("Established") && c.getStatus().equals("True")),
                30, TimeUnit.SECONDS);
        var context = new ResourceDefinitionContext.Builder().withGroup(group).withVersion("v1").withKind("Shop").withPlural("shops").withNamespaced(true).build();
        var shops = client.genericKubernetesResources(context).inNamespace(namespace);
        var seen = new Seen<GenericKubernetesResource>();
        try (var _ = shops.inform(seen)) {
            var shop = new GenericKubernetesResource();
            shop.setApiVersion(group + "/v1");
            shop.setKind("Shop");
            shop.setMetadata(new io.fabric8.kubernetes.api.model.ObjectMetaBuilder().withName("corner").build());
            shop.setAdditionalProperty("spec", Map.of("size", 3));
            shops.resource(shop).create();
            eventually("the shop", () -> seen.events.contains("+corner"));
            crd.delete();
            eventually("its end", () -> seen.events.contains("-corner"));
        }
    }

    void reconnects() throws Exception {
        var maps = client.configMaps().inNamespace(namespace);
        var seen = Collections.synchronizedList(new ArrayList<String>());
        var closed = new CompletableFuture<Object>();
        var watcher = new Watcher<ConfigMap>() {
            @Override
            public boolean reconnecting() {
                return true;
            }

            @Override
            public void eventReceived(Action action, ConfigMap one) {
                seen.add(one.getMetadata().getName());
            }

            @Override
            public void onClose(WatcherException cause) {
                closed.complete(cause);
            }
        };
        try (var _ = maps.watch(new ListOptionsBuilder().withTimeoutSeconds(1L).build(), watcher)) {
            Thread.sleep(2500);
            maps.resource(map("after-its-time", "1")).create();
            eventually("what came later: " + seen, () -> seen.contains("after-its-time"));
            check(!closed.isDone(), "it was closed: " + closed);
        }
    }

    void tooOld() throws Exception {
        var closed = new CompletableFuture<WatcherException>();
        var watcher = new Watcher<ConfigMap>() {
            @Override
            public void eventReceived(Action action, ConfigMap one) {}

            @Override
            public void onClose(WatcherException cause) {
                closed.complete(cause);
            }
        };
        try (var _ = client.configMaps().inNamespace(namespace).watch(new ListOptionsBuilder().withResourceVersion("not-a-number").build(), watcher)) {
            throw new AssertionError("was accepted: " + closed.get(10, TimeUnit.SECONDS));
        } catch (KubernetesClientException e) {
            check(e.getCode() == 400, "answered " + e.getCode() + ": " + e.getMessage());
        }
    }

    void waits() throws Exception {
        var maps = client.configMaps().inNamespace(namespace);
        maps.resource(map("slow", "no")).create();
        var waiting = CompletableFuture.supplyAsync(() -> maps.withName("slow").waitUntilCondition(one -> one != null && "yes".equals(one.getData().get("value")), 30, TimeUnit.SECONDS));
        maps.withName("slow").edit(one -> new ConfigMapBuilder(one).addToData("value", "yes").build());
        check(waiting.get(30, TimeUnit.SECONDS).getData().get("value").equals("yes"), "another value");
    }

    void apply() {
        var maps = client.configMaps().inNamespace(namespace);
        maps.resource(map("applied", "a")).fieldManager("one").serverSideApply();
        try {
            maps.resource(map("applied", "b")).fieldManager("two").serverSideApply();
            throw new AssertionError("no conflict");
        } catch (KubernetesClientException e) {
            check(e.getCode() == 409 && e.getMessage().contains("\"one\""), e.getMessage());
        }
        var forced = maps.resource(map("applied", "b")).fieldManager("two").forceConflicts().serverSideApply();
        check(forced.getData().get("value").equals("b"), forced.getData().toString());
    }

    void leads() throws Exception {
        var leaders = Collections.synchronizedList(new ArrayList<String>());
        var first = elect("first", leaders);
        eventually("a leader", () -> leaders.equals(List.of("first")));
        var second = elect("second", leaders);
        Thread.sleep(1500);
        check(leaders.equals(List.of("first")), leaders.toString());
        first.cancel(true);
        eventually("another leader: " + leaders, () -> leaders.equals(List.of("first", "second")));
        second.cancel(true);
    }

    CompletableFuture<?> elect(String name, List<String> leaders) {
        var election = new LeaderElectionConfigBuilder()
                .withName(name)
                .withLock(new LeaseLock(namespace, "lead", name))
                .withLeaseDuration(Duration.ofSeconds(5))
                .withRenewDeadline(Duration.ofSeconds(3))
                .withRetryPeriod(Duration.ofMillis(500))
                .withReleaseOnCancel(true)
                .withLeaderCallbacks(new LeaderCallbacks(() -> leaders.add(name), () -> {}, _ -> {}))
                .build();
        return client.leaderElector().withConfig(election).build().start();
    }

    void refuses() {
        try {
            client.pods().inNamespace(namespace).withName("none").getLog();
            throw new AssertionError("was answered");
        } catch (KubernetesClientException e) {
            check(e.getCode() == 404, e.getCode() + " " + e.getMessage());
        }
    }
}
