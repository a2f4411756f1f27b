package dev.slipway.app.offline;

import dev.slipway.app.offline.Finding.Level;
import dev.slipway.app.offline.SourceFile.Document;
import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Spot;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Tries all documents of some files together and tells what is wrong with them, each with its place.
///
/// What a kind that nobody knows would say is not known: that is a warning.
public final class Validation {
    private static final Pattern UNKNOWN_FIELD =
            Pattern.compile("(unknown|duplicate) field \"([^\"]*)\"");
    private static final Pattern WITH_PATH =
            Pattern.compile("(spec\\.[^\\s:]+): (.*)", Pattern.DOTALL);

    /// A value as the text of an error of server-side apply puts it: `&{7}`.
    private static final Pattern VALUE = Pattern.compile("got &\\{(.*)}$");

    private static final Pattern TYPED = Pattern.compile("(?:\\): |\\R\\s*)\\.([^\\s:]+): (.*)");
    private static final String COMPLETED = "completed as";

    private final List<Finding> findings = new ArrayList<>();
    private int documents;

    private Validation() {}

    /// What came of it.
    ///
    /// @param documents how many there were
    public record Report(List<Finding> findings, int documents) {
        public Report {
            findings = List.copyOf(findings);
        }

        /// How many findings there are of a level.
        public long count(Level level) {
            return findings.stream().filter(one -> one.level() == level).count();
        }
    }

    public static Report of(SourceFiles files, List<String> names, Clock clock) {
        var validation = new Validation();
        var read = files.of(names);
        read.forEach(file -> validation.findings.addAll(file.findings()));
        var documents = read.stream().flatMap(file -> file.documents().stream()).toList();
        validation.documents = documents.size();
        try (var bench = new Workbench(clock)) {
            validation.check(documents, bench);
        }
        var order =
                Comparator.comparing(Finding::file)
                        .thenComparingInt(one -> one.place().line())
                        .thenComparingInt(one -> one.place().column());
        return new Report(
                validation.findings.stream().sorted(order).toList(), validation.documents);
    }

    private void check(List<Document> documents, Workbench bench) {
        bench.makeNamespaces(documents);
        var outcome = bench.apply(documents);
        for (int i = 0; i < documents.size(); i++) {
            var document = documents.get(i);
            outcome.warnings().getOrDefault(i, List.of()).forEach(one -> warn(document, one));
            var problem = outcome.refused().get(i);
            if (problem != null) {
                refused(document, problem);
            } else {
                failed(document, bench);
            }
        }
        if (!bench.isSettled()) {
            throw Problem.of(
                            Problem.Reason.TIMEOUT,
                            "the files were not worked out to their end: it took too long")
                    .exception();
        }
    }

    private void refused(Document document, Problem problem) {
        if (problem.reason() == Problem.Reason.NOT_FOUND && problem.causes().isEmpty()) {
            tell(Level.WARNING, document, "UnknownKind", "kind", problem.message());
            return;
        }
        var fields = UNKNOWN_FIELD.matcher(problem.message());
        var any = false;
        while (problem.causes().isEmpty() && fields.find()) {
            any = true;
            tell(
                    Level.ERROR,
                    document,
                    "UnknownField",
                    fields.group(2),
                    fields.group(1) + " field");
        }
        problem.causes().forEach(cause -> tell(document, cause));
        var typed = TYPED.matcher(problem.message());
        while (problem.causes().isEmpty() && !any && typed.find()) {
            any = true;
            tell(
                    Level.ERROR,
                    document,
                    "FieldValueTypeInvalid",
                    typed.group(1),
                    plain(typed.group(2)));
        }
        if (!any && problem.causes().isEmpty()) {
            tell(Level.ERROR, document, problem.reason().code(), "", problem.message());
        }
    }

    private void tell(Document document, FieldCause cause) {
        var path = cause.field();
        var place =
                cause.spot()
                        .map(spot -> document.places().place(document.prefix() + path, spot))
                        .orElseGet(() -> document.at(path));
        findings.add(
                new Finding(
                        Level.ERROR,
                        document.file(),
                        place,
                        cause.reason(),
                        path,
                        plain(cause.message()),
                        cause.spot().map(Spot::excerpt).orElse("")));
    }

    private static String plain(String message) {
        return VALUE.matcher(message).replaceAll("got $1");
    }

    private void warn(Document document, String warning) {
        var told = WITH_PATH.matcher(warning);
        var path = told.matches() ? told.group(1) : "";
        var message = told.matches() ? told.group(2) : warning;
        var note = message.startsWith(COMPLETED);
        tell(
                note ? Level.NOTE : Level.WARNING,
                document,
                note ? "Completed" : "Warning",
                path,
                message);
    }

    /// What a graph could not make of an instance.
    private void failed(Document document, Workbench bench) {
        bench.find(document.object())
                .filter(live -> Json.string(live.status(), "state").equals("ERROR"))
                .ifPresent(live ->
                        Json.list(live.status(), "nodes").stream()
                                .map(node -> Json.cast((Map<?, ?>) node))
                                .filter(node -> Json.string(node, "state").equals("ERROR"))
                                .forEach(node ->
                                        tell(
                                                Level.ERROR,
                                                document,
                                                "NotRendered",
                                                "spec",
                                                "resource %s: %s"
                                                        .formatted(
                                                                Json.string(node, "id"),
                                                                Json.string(node, "message")))));
    }

    private void tell(Level level, Document document, String rule, String path, String message) {
        findings.add(
                new Finding(level, document.file(), document.at(path), rule, path, message, ""));
    }
}
