package dev.slipway.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.client.ApiClient.Call;
import dev.slipway.client.HttpApiClient;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An instance goes back with its resources and stays so: its controller does not undo what was rolled back, or the
/// rollback says why it would.
class GraphRollbackIT {
    private static final String CORE = "/api/v1/namespaces/default/";
    private static final String DEFINITIONS = "/apis/kro.run/v1alpha1/resourcegraphdefinitions/";

    @TempDir private static Path folder;

    private static Server server;
    private static HttpApiClient api;

    @BeforeAll
    static void start() {
        server = Server.start(folder.resolve("data"));
        api = server.client();
    }

    @AfterAll
    static void stop() {
        api.close();
        server.close();
    }

    @Test
    void bringsAnInstanceBackWithItsResources() {
        define("back", "x");
        var then = order("back", "one");
        order("back", "two");
        assertThat(data("back", "image")).isEqualTo("two");

        var said = rollback("back", then);

        assertThat(said.err()).isEmpty();
        assertThat(said.out())
                .contains("update", "ConfigMap default/back", "ConfigMap default/back-more");
        settle("back");
        assertThat(image("back")).isEqualTo("one");
        assertThat(data("back", "image")).isEqualTo("one");
        assertThat(more("back").orElseThrow().label("image")).contains("one");
        assertThat(rollback("back", then).out()).contains("nothing to do");
    }

    @Test
    void takesAnInstanceAwayThatWasNotThere() {
        define("away", "x");
        var before = newest();
        order("away", "one");

        assertThat(rollback("away", before).code()).isZero();

        server.eventually("the instance is gone", () -> instance("away").isEmpty());
        assertThat(config("away")).isEmpty();
        assertThat(more("away")).isEmpty();
    }

    @Test
    void makesADeletedInstanceAgainWithItsResources() {
        define("again", "x");
        var then = order("again", "one");
        var uid = instance("again").orElseThrow().uid();
        assertThat(server.cli("delete", "agains.back.dev", "again").code()).isZero();
        server.eventually("the instance is gone", () -> instance("again").isEmpty());
        assertThat(config("again")).isEmpty();

        var said = rollback("again", then);

        assertThat(said.err()).isEmpty();
        server.eventually("it is active", () -> isActive("again"));
        var made = instance("again").orElseThrow();
        assertThat(made.uid()).isNotEqualTo(uid);
        assertThat(config("again").orElseThrow().owners())
                .singleElement()
                .satisfies(owner -> assertThat(owner.uid()).isEqualTo(made.uid()));
        assertThat(data("again", "image")).isEqualTo("one");
        assertThat(more("again").orElseThrow().label("image")).contains("one");
    }

    @Test
    void undoesAllThatOneOrderLedTo() {
        define("cause", "x");
        order("cause", "one");
        var order = ask("cause", "two");
        settle("cause");

        var said = server.cli("rollback", "--cause", "" + order);

        assertThat(said.err()).isEmpty();
        settle("cause");
        assertThat(image("cause")).isEqualTo("one");
        assertThat(data("cause", "image")).isEqualTo("one");
    }

    @Test
    void refusesToBringBackWhatItsDefinitionMakesOtherwiseToday() {
        define("graph", "x");
        var then = order("graph", "one");
        var definition = define("graph", "y");
        server.eventually("the definition is rolled out", () -> data("graph", "fixed").equals("y"));
        settle("graph");

        assertThat(rollback("graph", then).err())
                .contains(
                        "configmaps default/graph was updated",
                        "because of resourcegraphdefinitions.kro.run graphs.back.dev in revision "
                                + definition,
                        "roll that back first");
        assertThat(data("graph", "fixed")).isEqualTo("y");

        var back =
                server.cli(
                        "rollback",
                        "resourcegraphdefinitions",
                        "graphs.back.dev",
                        "--to",
                        "" + then);
        assertThat(back.err()).isEmpty();
        server.eventually("the definition is rolled out", () -> data("graph", "fixed").equals("x"));
    }

    @Test
    void refusesToGoBackToWhenTheResourcesWereNotMadeYet() {
        define("young", "x");
        var created = ask("young", "one");
        settle("young");

        var said = rollback("young", created);

        assertThat(said.code()).isNotZero();
        assertThat(said.err()).contains("configmaps default/young was created", "or later");
        assertThat(config("young")).isPresent();
    }

    @Test
    void refusesToBringAResourceBackThatTheInstanceWouldSetBack() {
        define("part", "x");
        var then = order("part", "one");
        order("part", "two");

        var said = server.cli("rollback", "configmap", "part", "--to", "" + then);

        assertThat(said.code()).isNotZero();
        assertThat(said.err())
                .contains("because of parts.back.dev default/part", "slipway-graph-instances");
        assertThat(data("part", "image")).isEqualTo("two");
    }

    @Test
    void leavesTheResourcesToTheControllerWhereTheInstanceGoesBackAlone() {
        define("alone", "x");
        var created = ask("alone", "one");
        settle("alone");
        order("alone", "two");

        assertThat(server.cli("rollback", "alones.back.dev", "alone", "--to", "" + created).err())
                .isEmpty();

        server.eventually("its resources follow", () -> data("alone", "image").equals("one"));
    }

    // ---- what happens before

    /// Defines a kind of its own for one test; returns the revision of the definition's spec.
    private static long define(String name, String value) {
        apply(
                """
                apiVersion: kro.run/v1alpha1
                kind: ResourceGraphDefinition
                metadata: {name: %1$ss.back.dev}
                spec:
                  schema: {apiVersion: v1, group: back.dev, kind: %2$s, spec: {image: string}}
                  resources:
                    - id: config
                      template:
                        apiVersion: v1
                        kind: ConfigMap
                        metadata: {name: "${schema.metadata.name}"}
                        data: {image: "${schema.spec.image}", fixed: "%3$s"}
                    - id: more
                      template:
                        apiVersion: v1
                        kind: ConfigMap
                        metadata: {name: "${config.metadata.name}-more", labels: {image: "${config.data.image}"}}
                """
                        .formatted(name, kind(name), value));
        server.eventually(
                "the kind is served", () -> server.cli("get", name + "s.back.dev").code() == 0);
        return written(DEFINITIONS + name + "s.back.dev");
    }

    /// Orders an instance; returns the revision of what was ordered.
    private static long ask(String name, String image) {
        apply(
                "{apiVersion: back.dev/v1, kind: %s, metadata: {name: %s}, spec: {image: %s}}"
                        .formatted(kind(name), name, image));
        return written(instancePath(name));
    }

    /// Orders an instance and waits until its resources are there; returns the newest revision then.
    private static long order(String name, String image) {
        ask(name, image);
        settle(name);
        assertThat(data(name, "image")).isEqualTo(image);
        return newest();
    }

    private static void apply(String document) {
        var applied = server.cliWith(document, "apply", "-f", "-");
        assertThat(applied.code()).as(applied.err()).isZero();
    }

    private static Server.Said rollback(String name, long to) {
        return server.cli(
                "rollback", name + "s.back.dev", name, "--to", "" + to, "--with-children");
    }

    // ---- what there is

    /// Waits until an instance is what it shall be and nobody writes any more.
    private static void settle(String name) {
        server.eventually("it is active and nobody writes", () -> isActive(name) && isQuiet());
    }

    private static boolean isActive(String name) {
        var instance = instance(name);
        return instance.filter(one -> "ACTIVE".equals(one.at("status", "state"))).isPresent()
                && Json.list(instance.get().status(), "conditions").stream()
                        .allMatch(condition ->
                                Objects.equals(
                                        Json.at(condition, "observedGeneration"),
                                        instance.get().generation()));
    }

    private static boolean isQuiet() {
        var before = newest();
        try {
            Thread.sleep(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return newest() == before;
    }

    private static Optional<Resource> instance(String name) {
        return api.find(instancePath(name));
    }

    private static Object image(String name) {
        return instance(name).map(one -> one.at("spec", "image")).orElse("");
    }

    private static Optional<Resource> config(String name) {
        return api.find(CORE + "configmaps/" + name);
    }

    private static Object data(String name, String key) {
        return config(name).map(one -> one.at("data", key)).orElse("");
    }

    private static Optional<Resource> more(String name) {
        return config(name + "-more");
    }

    /// The newest revision that a person wrote.
    private static long written(String path) {
        return Json.list(api.json(Call.get(path + "/revisions")), "items").stream()
                .filter(one -> !String.valueOf(Json.at(one, "actor")).startsWith("slipway-"))
                .map(one -> Long.valueOf(String.valueOf(Json.at(one, "revision"))))
                .findFirst()
                .orElseThrow();
    }

    private static long newest() {
        var list = api.json(Call.get(CORE + "configmaps?limit=1"));
        return Long.parseLong(String.valueOf(Json.at(list, "metadata", "resourceVersion")));
    }

    private static String instancePath(String name) {
        return "/apis/back.dev/v1/namespaces/default/" + name + "s/" + name;
    }

    private static String kind(String name) {
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }
}
