package dev.slipway.bench.report;

import dev.slipway.kernel.model.Json;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/// A report for programs: one document.
public final class JsonReport {
    private final Report report;

    public JsonReport(Report report) {
        this.report = report;
    }

    public void print(PrintStream out) {
        out.println(Json.text(tree()));
    }

    /// The document.
    public Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("machine", machine(report.machine()));
        tree.put("quick", report.quick());
        report.peer().ifPresent(peer -> tree.put("peer", peer));
        List<Object> rows = new ArrayList<>();
        report.outcomes().forEach(outcome -> rows.addAll(rows(outcome)));
        tree.put("rows", rows);
        tree.put("notThereYet", List.<Object>copyOf(report.absent()));
        put(tree, "clientCpuMicros", report.clientMicros());
        return tree;
    }

    private static Map<String, Object> machine(Machine machine) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("cores", (long) machine.cores());
        tree.put("memoryBytes", machine.memoryBytes());
        tree.put("system", machine.system());
        tree.put("java", machine.java());
        tree.put("heap", machine.heap());
        tree.put("collector", machine.collector());
        tree.put("store", machine.store());
        tree.put("disk", machine.disk());
        tree.put("fdatasyncP50Millis", machine.fdatasync().millis(50));
        tree.put("fdatasyncP99Millis", machine.fdatasync().millis(99));
        return tree;
    }

    private static List<Object> rows(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done(var row, var figures) ->
                    figures.stream().map(figure -> (Object) figure(row, figure)).toList();
            case Outcome.Failed(var row, var why) -> {
                Map<String, Object> tree = new LinkedHashMap<>();
                tree.put("row", row);
                tree.put("failed", why);
                yield List.of(tree);
            }
        };
    }

    private static Map<String, Object> figure(String row, Figure figure) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("row", row);
        tree.put("what", figure.what());
        tree.put("clients", (long) figure.clients());
        tree.put("unit", figure.unit().symbol());
        put(tree, figure.own());
        figure.budget()
                .ifPresent(budget -> {
                    tree.put("budget", budget.bound().sign() + " " + budget.limit());
                    tree.put("met", budget.isMetBy(figure.own().value()));
                    tree.put("ratio", budget.ratio(figure.own().value()));
                });
        figure.peer()
                .ifPresent(peer -> {
                    Map<String, Object> other = new LinkedHashMap<>();
                    put(other, peer);
                    tree.put("peer", other);
                });
        if (!figure.note().isEmpty()) {
            tree.put("note", figure.note());
        }
        return tree;
    }

    private static void put(Map<String, Object> tree, Measured measured) {
        tree.put("value", measured.value());
        put(tree, "cpuMicros", measured.cpuMicros());
    }

    private static void put(Map<String, Object> tree, String key, OptionalDouble value) {
        value.ifPresent(number -> tree.put(key, number));
    }
}
