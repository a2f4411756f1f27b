package dev.slipway.bench.report;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/// A report for people: a head, a table, and what has to be known beside it.
public final class TableReport {
    private static final String GAP = "  ";
    private static final int MEGABYTE = 1_000_000;

    private final Report report;

    public TableReport(Report report) {
        this.report = report;
    }

    public void print(PrintStream out) {
        head().forEach(out::println);
        out.println();
        print(lines(), out);
        foot().forEach(out::println);
    }

    private List<String> head() {
        var machine = report.machine();
        var head = new ArrayList<String>();
        head.add(
                "slipway bench: %d cores, %s MB, %s, Java %s"
                        .formatted(
                                machine.cores(),
                                Numbers.shown((double) machine.memoryBytes() / MEGABYTE),
                                machine.system(),
                                machine.java()));
        head.add(
                "server: heap %s, %s collector, store %s on %s; one fdatasync there %s ms (p99 %s)"
                        .formatted(
                                machine.heap(),
                                machine.collector(),
                                machine.store(),
                                machine.disk(),
                                Numbers.shown(machine.fdatasync().millis(50)),
                                Numbers.shown(machine.fdatasync().millis(99))));
        report.peer().ifPresent(peer -> head.add("peer: " + peer + ", the same load in turns"));
        if (report.quick()) {
            head.add("quick: sizes are smaller than those that the budgets speak of");
        }
        return head;
    }

    private List<String> foot() {
        var foot = new ArrayList<String>();
        report.clientMicros()
                .ifPresent(micros ->
                        foot.add(
                                "the load client itself: %s µs of processor per request"
                                        .formatted(Numbers.shown(micros))));
        for (var outcome : report.outcomes()) {
            switch (outcome) {
                case Outcome.Failed(var row, var why) -> foot.add(row + " failed: " + why);
                case Outcome.Done(var row, var figures) ->
                        figures.stream()
                                .filter(figure -> !figure.note().isEmpty())
                                .forEach(figure -> foot.add(row + ": " + figure.note()));
            }
        }
        if (!report.absent().isEmpty()) {
            foot.add("not there yet: " + String.join(", ", report.absent()));
        }
        if (!foot.isEmpty()) {
            foot.addFirst("");
        }
        return foot;
    }

    private List<List<String>> lines() {
        var lines = new ArrayList<List<String>>();
        lines.add(
                line(
                        List.of("ROW", "WHAT", "CLIENTS", "SLIPWAY", "CPU µs/op"),
                        List.of("PEER", "CPU µs/op"),
                        List.of("BUDGET", "VERDICT")));
        for (var outcome : report.outcomes()) {
            switch (outcome) {
                case Outcome.Done(var row, var figures) ->
                        figures.forEach(figure -> lines.add(line(row, figure)));
                case Outcome.Failed(var row, _) ->
                        lines.add(
                                line(
                                        List.of(row, "failed", "", "", ""),
                                        List.of("", ""),
                                        List.of("", "")));
            }
        }
        return lines;
    }

    private List<String> line(String row, Figure figure) {
        var own = figure.own();
        return line(
                List.of(
                        row,
                        figure.what(),
                        figure.clients() == 0 ? "" : String.valueOf(figure.clients()),
                        value(figure.unit(), own.value()),
                        cpu(own.cpuMicros())),
                figure.peer()
                        .map(peer ->
                                List.of(value(figure.unit(), peer.value()), cpu(peer.cpuMicros())))
                        .orElse(List.of("", "")),
                figure.budget()
                        .map(budget ->
                                List.of(
                                        budget.bound().sign()
                                                + " "
                                                + value(figure.unit(), budget.limit()),
                                        budget.verdict(own.value())))
                        .orElse(List.of("", "")));
    }

    /// The peer's cells are left out where there is none.
    private List<String> line(List<String> own, List<String> peer, List<String> budget) {
        var line = new ArrayList<>(own);
        if (report.peer().isPresent()) {
            line.addAll(peer);
        }
        line.addAll(budget);
        return line;
    }

    private static String value(Unit unit, double value) {
        return Numbers.shown(value) + " " + unit.symbol();
    }

    private static String cpu(OptionalDouble micros) {
        return micros.isPresent() ? Numbers.shown(micros.getAsDouble()) : "";
    }

    private static void print(List<List<String>> lines, PrintStream out) {
        var widths =
                IntStream.range(0, lines.getFirst().size())
                        .map(i ->
                                lines.stream()
                                        .mapToInt(line -> line.get(i).length())
                                        .max()
                                        .orElse(0))
                        .toArray();
        for (var line : lines) {
            var text = new StringBuilder();
            for (int i = 0; i < line.size(); i++) {
                text.append(line.get(i)).repeat(' ', widths[i] - line.get(i).length()).append(GAP);
            }
            out.println(text.toString().stripTrailing());
        }
    }
}
