package dev.slipway.bench;

import dev.slipway.bench.http.Access;
import dev.slipway.bench.lab.Lab;
import dev.slipway.bench.lab.Progress;
import dev.slipway.bench.report.Figure;
import dev.slipway.bench.report.JsonReport;
import dev.slipway.bench.report.Machine;
import dev.slipway.bench.report.Outcome;
import dev.slipway.bench.report.Report;
import dev.slipway.bench.report.TableReport;
import dev.slipway.bench.row.Row;
import dev.slipway.bench.row.Rows;
import dev.slipway.bench.server.CannotStartException;
import dev.slipway.bench.server.Launch;
import dev.slipway.bench.server.Target;
import dev.slipway.bench.server.Usage;
import dev.slipway.client.Kubeconfig;
import dev.slipway.kernel.model.ProblemException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The verb `bench`: starts a server of its own, measures it from outside, compares with the budgets, stops it.
public final class Bench {
    /// It could measure.
    public static final int DONE = 0;

    /// The server did not start.
    public static final int FAILED = 1;

    /// The command line cannot be understood.
    public static final int MISUSED = 2;

    private static final int SYNCS = 200;

    private final Options options;
    private final Launch launch;
    private final PrintStream out;
    private final Progress progress;

    private Bench(Options options, Launch launch, PrintStream out, Progress progress) {
        this.options = options;
        this.launch = launch;
        this.out = out;
        this.progress = progress;
    }

    /// What can be said after the verb, a line each.
    public static List<String> usage() {
        return List.of(
                "slipway bench [options]      measure a server of its own and compare with the budgets",
                "      --rows NAME,…          only these: " + String.join(", ", Rows.names()),
                "      --quick                smaller sizes, to see that it works",
                "      --heap SIZE            the server's heap (default: as the product starts)",
                "      --store URL            the server's store (default sqlite)",
                "      --data-dir DIR         on the disk to be measured (default: the temporary folder)",
                "      --peer-kubeconfig FILE another API server that gets the same load in turns",
                "      --peer-pid PID,…       its processes on this machine, to count what they spend",
                "      -o json                one document instead of a table");
    }

    /// Runs it; returns the exit code.
    ///
    /// @param command what starts a server when a verb is added: a virtual machine, its options, the main class
    public static int run(
            List<String> words, List<String> command, PrintStream out, PrintStream err) {
        try {
            var options = Options.parse(words, Rows.names());
            var launch = new Launch(command, options.store());
            var heaped = options.heap().isEmpty() ? launch : launch.withHeap(options.heap());
            return new Bench(options, heaped, out, new Progress(err)).run();
        } catch (UsageException e) {
            err.println("slipway bench: " + e.getMessage() + "; usage:");
            usage().forEach(line -> err.println("  " + line));
            return MISUSED;
        } catch (CannotStartException | ProblemException | IOException e) {
            err.println("slipway bench: " + e.getMessage());
            return FAILED;
        }
    }

    private int run() throws IOException {
        var folder = Files.createTempDirectory(options.folder(), "slipway-bench-");
        var peer = peer();
        var lab =
                new Lab(
                        launch,
                        folder,
                        options.quick(),
                        folder.getFileName().toString().toLowerCase(Locale.ROOT),
                        peer,
                        progress);
        Runtime.getRuntime().addShutdownHook(new Thread(lab::close, "bench-end"));
        try (lab) {
            print(report(lab, peer));
            if (launch.isShared()) {
                progress.say("what it wrote stays in schemas " + schemas(folder) + "; drop them");
            }
            return DONE;
        }
    }

    private static String schemas(Path folder) {
        return folder.getFileName().toString().replace('-', '_') + "_server_…";
    }

    private Report report(Lab lab, Optional<Target> peer) throws IOException {
        var syncs = lab.fdatasync(SYNCS);
        var outcomes = new ArrayList<Outcome>();
        for (var row : Rows.all()) {
            if (options.rows().contains(row.name())) {
                progress.say(row.name());
                outcomes.add(outcome(row, lab, outcomes.isEmpty()));
            }
        }
        return new Report(
                Machine.here(launch.heap(), launch.collector(), store(), where(), syncs),
                options.quick(),
                peer.map(Target::name),
                outcomes,
                Rows.ABSENT,
                lab.clientMicros());
    }

    /// A row that fails costs no other; but where not even the first server starts, there is nothing to measure.
    private Outcome outcome(Row row, Lab lab, boolean first) {
        try {
            lab.enter(row.stage());
            var figures = explained(row, row.measure(lab), lab);
            figures.forEach(figure -> progress.say("  " + figure.line()));
            return new Outcome.Done(row.name(), figures);
        } catch (CannotStartException e) {
            if (first) {
                throw e;
            }
            return failed(row, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed(row, e);
        } catch (IOException | RuntimeException e) {
            return failed(row, e);
        }
    }

    /// Says of a row that has no peer why that is so, where there is one.
    private static List<Figure> explained(Row row, List<Figure> figures, Lab lab) {
        if (lab.peer().isEmpty() || row.aloneBecause().isEmpty() || figures.isEmpty()) {
            return figures;
        }
        var all = new ArrayList<>(figures);
        all.set(0, all.getFirst().alone(row.aloneBecause()));
        return all;
    }

    private Outcome failed(Row row, Exception e) {
        var why = e.getMessage() == null ? e.toString() : e.getMessage();
        progress.say("  failed: " + why);
        return new Outcome.Failed(row.name(), why);
    }

    private Optional<Target> peer() {
        return options.peer()
                .map(Kubeconfig::read)
                .map(kubeconfig ->
                        new Target(
                                kubeconfig.server().toString(),
                                Access.of(kubeconfig),
                                peerUsage()));
    }

    private Optional<Usage> peerUsage() {
        try {
            return options.peerProcesses().isEmpty()
                    ? Optional.empty()
                    : Optional.of(Usage.of(options.peerProcesses()));
        } catch (IllegalArgumentException e) {
            throw new UsageException("--peer-pid: " + e.getMessage());
        }
    }

    private void print(Report report) {
        if (options.json()) {
            new JsonReport(report).print(out);
        } else {
            new TableReport(report).print(out);
        }
    }

    /// The store without a password.
    private String store() {
        return options.store().isEmpty()
                ? "sqlite"
                : options.store().replaceAll("//[^/@]*@", "//").replaceAll("\\?.*", "");
    }

    private String where() throws IOException {
        return Files.getFileStore(options.folder()).type() + " " + options.folder();
    }
}
