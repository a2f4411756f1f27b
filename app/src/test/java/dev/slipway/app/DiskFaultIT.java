package dev.slipway.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.client.ApiClient;
import dev.slipway.client.ApiClient.Call;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.ProblemException;
import dev.slipway.testbed.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The real process on a disk whose n-th write, sync or change of a file's size fails: each answer is an error or
/// true, the process goes on once the disk does, and the next one finds everything and is sound.
///
/// Starts with a fault are tried for some seconds, all of them with `-Dfaults=all`.
@EnabledOnOs(OS.LINUX)
class DiskFaultIT {
    private static final String CONFIG_MAPS = CrashWriter.CONFIG_MAPS;

    /// More faults than one script can meet, so that the loop ends in any case.
    private static final int MOST = 500;

    /// How long starts with faults are tried where not all are.
    private static final Duration SOME_SECONDS = Duration.ofSeconds(8);

    private static final boolean ALL = "all".equals(System.getProperty("faults"));

    @TempDir private Path folder;

    /// What may be there, by name: one thing where the last write was acknowledged, more where it was not.
    private final Map<String, Set<Optional<String>>> possible = new HashMap<>();

    /// A server that runs makes no file shorter: only a start and a stop do.
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "TRUNCATE_FAILS")
    void answersWithAnErrorOrTheTruth(Fault fault) {
        var data = folder.resolve("data");
        try (var server = Server.startOnFaultyDisk(data, fault, 0);
                var api = server.client()) {
            var at = 1;
            while (meets(server, api, fault, at)) {
                at++;
                assertThat(at).isLessThan(MOST);
            }
            assertThat(at).as(server.output()).isGreaterThan(1);
            server.kill();
        }
        assertNothingIsLost(data);
    }

    /// Writes with a fault on the way; false when there was none any more.
    private boolean meets(Server server, ApiClient api, Fault fault, int at) {
        var name = "n" + at;
        server.arm(fault, at);
        put(api, "POST", name, "one");
        put(api, "POST", name + "-large", "x".repeat(60_000));
        put(api, "PUT", name, "two");
        delete(api, name + "-large");
        var reached = server.disarm();
        put(api, "POST", name + "-after", "the disk works again");
        assertThat(possible.get(name + "-after")).as("%s number %d", fault, at).hasSize(1);
        check(api);
        return reached;
    }

    private void put(ApiClient api, String method, String name, String text) {
        var tree = Map.of("metadata", Map.of("name", name), "data", Map.of("text", text));
        var target = method.equals("PUT") ? CONFIG_MAPS + "/" + name : CONFIG_MAPS;
        ask(api, Call.with(method, target, tree), name, Optional.of(text));
    }

    private void delete(ApiClient api, String name) {
        var call = new Call("DELETE", CONFIG_MAPS + "/" + name, Map.of(), new byte[0]);
        ask(api, call, name, Optional.empty());
    }

    private void ask(ApiClient api, Call call, String name, Optional<String> then) {
        var before = possible.getOrDefault(name, Set.of(Optional.empty()));
        try {
            api.json(call);
            possible.put(name, Set.of(then));
        } catch (ProblemException e) {
            var status = e.problem().reason().status();
            // What was refused before is not there to be replaced or deleted.
            assertThat(status).as(e.getMessage()).isIn(404, 503, 507);
            if (status != 404) {
                possible.put(
                        name,
                        Stream.concat(before.stream(), Stream.of(then))
                                .collect(Collectors.toUnmodifiableSet()));
            }
        }
    }

    private void check(ApiClient api) {
        Map<String, Optional<String>> there = new HashMap<>();
        for (var item : Json.list(api.json(Call.get(CONFIG_MAPS)), "items")) {
            there.put(
                    String.valueOf(Json.at(item, "metadata", "name")),
                    Optional.of(String.valueOf(Json.at(item, "data", "text"))));
        }
        possible.forEach((name, texts) ->
                assertThat(there.getOrDefault(name, Optional.empty())).as(name).isIn(texts));
    }

    private void assertNothingIsLost(Path data) {
        try (var server = Server.start(data);
                var api = server.client()) {
            check(api);
            assertThat(server.stop()).isZero();
        }
        var doctor = Server.run(data, "doctor");
        assertThat(doctor.code()).as(doctor.output()).isZero();
        assertThat(doctor.output()).contains("is sound");
    }

    @ParameterizedTest
    @EnumSource
    void startsOrSaysWhyNot(Fault fault) {
        var end = System.nanoTime() + SOME_SECONDS.toNanos();
        assertThat(starts(fault, 1)).as("the first one is met").isTrue();
        var at = 2;
        while ((ALL || System.nanoTime() < end) && starts(fault, at)) {
            at++;
            assertThat(at).isLessThan(MOST);
        }
    }

    /// One start with a fault on the way, and the next one; false when there was none any more.
    private boolean starts(Fault fault, int at) {
        var data = folder.resolve("start-" + at);
        boolean reached;
        try (var server = Server.startOnFaultyDisk(data, fault, at)) {
            reached = !server.runs() || server.disarm();
            if (!server.runs()) {
                assertThat(server.stop()).as(server.output()).isEqualTo(1);
                assertThat(server.output().lines().filter(line -> line.startsWith("slipway: ")))
                        .as(server.output())
                        .hasSize(1);
                assertThat(server.output()).doesNotContain("\tat ");
            }
        }
        assertNothingIsLost(data);
        return reached;
    }
}
