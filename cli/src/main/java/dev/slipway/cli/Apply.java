package dev.slipway.cli;

import java.util.List;

/// `slipway apply`: makes what files say so, by server-side apply. Every document is tried.
final class Apply {
    static final Verb VERB =
            new Verb(
                    "apply",
                    "-f FILE|DIR|- [-R] [-n NAMESPACE] [--dry-run] [--force-conflicts] [-o json|name]",
                    "make what files say so",
                    List.of(
                            Option.FILE,
                            Option.RECURSIVE,
                            Option.NAMESPACE,
                            Option.DRY_RUN,
                            Option.FORCE),
                    Apply::run);

    private Apply() {}

    private static int run(Session session) {
        var arguments = session.arguments();
        var report = new Report(session);
        var writer = writer(session);
        for (var document : documents(session)) {
            report.add(
                    writer.apply(
                            document, arguments.has(Option.DRY_RUN), arguments.has(Option.FORCE)));
        }
        return report.end();
    }

    static Writer writer(Session session) {
        return new Writer(session.api(), session.kinds(), session.namespace(), session::pause);
    }

    /// Everything behind every `-f`, in their order.
    static List<Document> documents(Session session) {
        var arguments = session.arguments();
        if (!arguments.has(Option.FILE) || !arguments.words().isEmpty()) {
            throw new UsageException(
                    arguments.words().isEmpty()
                            ? "-f is missing"
                            : "unexpected word " + arguments.words().getFirst());
        }
        var environment = session.environment();
        var documents = new Documents(environment.directory(), environment.in());
        return arguments.values(Option.FILE).stream()
                .flatMap(source -> documents.of(source, arguments.has(Option.RECURSIVE)).stream())
                .toList();
    }
}
