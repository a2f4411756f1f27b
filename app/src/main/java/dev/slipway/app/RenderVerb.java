package dev.slipway.app;

import dev.slipway.app.offline.Rendering;
import dev.slipway.app.offline.SourceFiles;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Yaml;
import java.io.PrintStream;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The verb `render`: shows what graphs make of instances, without a server.
///
/// Exit codes: 0 nothing is wrong, though something may wait; 1 something cannot be made; 2 wrong usage.
final class RenderVerb {
    private final Clock clock;
    private final SourceFiles files;
    private final PrintStream out;
    private final PrintStream err;

    RenderVerb(Clock clock, SourceFiles files, PrintStream out, PrintStream err) {
        this.clock = clock;
        this.files = files;
        this.out = out;
        this.err = err;
    }

    /// The usage line.
    static String line() {
        return "slipway render -f FILE|DIR|- [-f …] [-o json]   show what graphs make of instances, without a server; objects with a status say how theirs are";
    }

    int run(List<String> words) {
        var given = Given.of(Named.words(words), Set.of("o"), Set.of(), Integer.MAX_VALUE);
        var form = given.option("o").orElse("yaml");
        if (!Set.of("yaml", "json").contains(form)) {
            throw new UsageException("-o knows yaml and json, not \"%s\"".formatted(form));
        }
        if (given.words().isEmpty()) {
            throw new UsageException("render wants -f with a definition and an instance");
        }
        var report = Rendering.of(files, given.words(), clock);
        if (form.equals("json")) {
            out.println(Json.text(list(report)));
        } else {
            report.made().forEach(this::print);
        }
        report.waiting().forEach(line -> err.println("waits: " + line));
        report.errors().forEach(line -> err.println("error: " + line));
        return report.errors().isEmpty() ? 0 : 1;
    }

    private void print(Rendering.Made made) {
        out.println("---");
        out.println("# " + made.title());
        out.print(Yaml.write(made.object().tree()));
    }

    private static Map<String, Object> list(Rendering.Report report) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("apiVersion", "v1");
        tree.put("kind", "List");
        tree.put("items", report.made().stream().map(one -> one.object().tree()).toList());
        return tree;
    }
}
