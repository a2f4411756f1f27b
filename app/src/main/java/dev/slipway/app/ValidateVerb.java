package dev.slipway.app;

import dev.slipway.app.offline.Finding.Level;
import dev.slipway.app.offline.Sarif;
import dev.slipway.app.offline.SourceFiles;
import dev.slipway.app.offline.Validation;
import dev.slipway.kernel.model.Json;
import java.io.PrintStream;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The verb `validate`: checks files without a server, for editors and pipelines.
///
/// Exit codes: 0 nothing is wrong, 1 something is, 2 wrong usage.
final class ValidateVerb {
    private static final Set<String> FORMS = Set.of("text", "json", "sarif");

    private final Clock clock;
    private final SourceFiles files;
    private final PrintStream out;

    ValidateVerb(Clock clock, SourceFiles files, PrintStream out) {
        this.clock = clock;
        this.files = files;
        this.out = out;
    }

    /// The usage line.
    static String line() {
        return "slipway validate FILE|DIR|-… [--strict] [-o json|sarif]   check graphs, instances and all other kinds without a server";
    }

    int run(List<String> words) {
        var given = Given.of(Named.words(words), Set.of("o"), Set.of("strict"), Integer.MAX_VALUE);
        var form = given.option("o").orElse("text");
        if (!FORMS.contains(form)) {
            throw new UsageException("-o knows json and sarif, not \"%s\"".formatted(form));
        }
        if (given.words().isEmpty()) {
            throw new UsageException("validate wants files, folders or -");
        }
        var report = Validation.of(files, given.words(), clock);
        tell(report, form);
        var wrong =
                report.count(Level.ERROR)
                        + (given.flag("strict") ? report.count(Level.WARNING) : 0);
        return wrong == 0 ? 0 : 1;
    }

    private void tell(Validation.Report report, String form) {
        switch (form) {
            case "json" -> out.println(Json.text(tree(report)));
            case "sarif" ->
                    out.println(Json.text(Sarif.of(report.findings(), Version.CURRENT.release())));
            default -> {
                report.findings().forEach(one -> out.println(one.line()));
                out.println(
                        "%d documents: %d errors, %d warnings"
                                .formatted(
                                        report.documents(),
                                        report.count(Level.ERROR),
                                        report.count(Level.WARNING)));
            }
        }
    }

    private static Map<String, Object> tree(Validation.Report report) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("valid", report.count(Level.ERROR) == 0);
        tree.put("documents", (long) report.documents());
        tree.put("findings", report.findings().stream().map(one -> (Object) one.tree()).toList());
        return tree;
    }
}
