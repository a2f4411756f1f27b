package dev.slipway.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.model.Json;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// Both forms of a report: for people and for programs.
class ReportTest {
    private static final Machine MACHINE =
            new Machine(
                    2,
                    8_000_000_000L,
                    "Linux amd64",
                    "25.0.3",
                    "1g",
                    "Serial",
                    "sqlite",
                    "ext4 /tmp",
                    Samples.of(1_700_000));

    private static final Figure GET =
            new Figure(
                    "get by name p99",
                    1,
                    Unit.MILLISECONDS,
                    Optional.of(Budget.atMost(2)),
                    new Measured(3.1, OptionalDouble.of(61.5)),
                    Optional.empty(),
                    "a remark");

    @Test
    void setsEachFigureBesideItsBudget() {
        var table = table(report(Optional.empty(), new Outcome.Done("get", List.of(GET))));

        assertThat(line(table, "get by name"))
                .containsSubsequence(
                        "get", "1", "3.10 ms", "61.5", "≤ 2.00 ms", "missed: 1.55 times");
        assertThat(table).contains("heap 1g, Serial collector", "one fdatasync there 1.70 ms");
        assertThat(table).contains("get: a remark").doesNotContain("PEER");
    }

    @Test
    void tellsAFigureInOneLine() {
        assertThat(GET.line())
                .isEqualTo(
                        "get by name p99: 3.10 ms, CPU 61.5 µs/op (≤ 2.00 ms: missed: 1.55 times); a remark");
        assertThat(Figure.of("start", Unit.SECONDS, Measured.of(1.5)).line())
                .isEqualTo("start: 1.50 s");
    }

    @Test
    void showsThePeerBesideOurs() {
        var compared =
                new Figure(
                        "get by name p99",
                        1,
                        Unit.MILLISECONDS,
                        Optional.empty(),
                        Measured.of(3.1),
                        Optional.of(new Measured(8.5, OptionalDouble.of(650))),
                        "");
        var report =
                report(
                        Optional.of("https://peer:6443"),
                        new Outcome.Done("get", List.of(compared)));

        assertThat(line(table(report), "get by name"))
                .containsSubsequence("3.10 ms", "8.50 ms", "650");
        assertThat(Json.at(row(report, 0), "peer", "value")).isEqualTo(8.5);
    }

    @Test
    void tellsWhyThereIsNothingOfThePeer() {
        var alone = GET.alone("it has no portal");
        var report =
                report(Optional.of("https://peer:6443"), new Outcome.Done("get", List.of(alone)));

        assertThat(table(report)).contains("get: a remark; no peer: it has no portal");
        assertThat(row(report, 0)).doesNotContainKey("peer");
    }

    @Test
    void tellsWhyARowFailedAndShowsTheOthers() {
        var report =
                report(
                        Optional.empty(),
                        new Outcome.Failed("graph", "nobody answered"),
                        new Outcome.Done("get", List.of(GET)));

        assertThat(table(report)).contains("graph failed: nobody answered", "get by name");
        assertThat(row(report, 0)).containsEntry("failed", "nobody answered");
        assertThat(row(report, 1)).containsEntry("row", "get");
    }

    @Test
    void isOneDocumentForPrograms() {
        var report = report(Optional.empty(), new Outcome.Done("get", List.of(GET)));
        var document = document(report);

        assertThat(Json.object(document, "machine"))
                .containsEntry("cores", 2L)
                .containsEntry("heap", "1g")
                .containsEntry("fdatasyncP50Millis", 1.7);
        assertThat(row(report, 0))
                .containsEntry("value", 3.1)
                .containsEntry("unit", "ms")
                .containsEntry("clients", 1L)
                .containsEntry("cpuMicros", 61.5)
                .containsEntry("met", false)
                .containsEntry("ratio", 1.55);
        assertThat(document)
                .containsEntry("notThereYet", List.of("search"))
                .containsEntry("clientCpuMicros", 33L);
    }

    private static Report report(Optional<String> peer, Outcome... outcomes) {
        return new Report(
                MACHINE, false, peer, List.of(outcomes), List.of("search"), OptionalDouble.of(33));
    }

    private static String table(Report report) {
        return printed(new TableReport(report)::print);
    }

    private static Map<String, Object> document(Report report) {
        return Json.readObject(printed(new JsonReport(report)::print));
    }

    private static Map<String, Object> row(Report report, int number) {
        return Json.cast((Map<?, ?>) Json.list(document(report), "rows").get(number));
    }

    private static String line(String table, String with) {
        return table.lines().filter(line -> line.contains(with)).findFirst().orElseThrow();
    }

    private static String printed(Consumer<PrintStream> report) {
        var bytes = new ByteArrayOutputStream();
        report.accept(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
