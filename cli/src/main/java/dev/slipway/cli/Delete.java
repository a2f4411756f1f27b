package dev.slipway.cli;

import java.util.List;

/// `slipway delete`: takes away what files or names say, the last document first, and waits until it is gone.
final class Delete {
    static final Verb VERB =
            new Verb(
                    "delete",
                    "KIND NAME… | -f FILE|DIR|- [-n NAMESPACE] [--cascade background|foreground|orphan] [--no-wait] [-o json|name]",
                    "take away what files or names say",
                    List.of(
                            Option.FILE,
                            Option.RECURSIVE,
                            Option.NAMESPACE,
                            Option.CASCADE,
                            Option.NO_WAIT),
                    Delete::run);

    private Delete() {}

    private static int run(Session session) {
        var report = new Report(session);
        var writer = Apply.writer(session);
        var cascade = Cascade.of(session.arguments());
        var wait = !session.arguments().has(Option.NO_WAIT);
        if (session.arguments().has(Option.FILE)) {
            Apply.documents(session)
                    .reversed()
                    .forEach(document -> report.add(writer.delete(document, cascade, wait)));
        } else {
            named(session, writer, report, cascade, wait);
        }
        return report.end();
    }

    private static void named(
            Session session, Writer writer, Report report, Cascade cascade, boolean wait) {
        var words = session.arguments().words();
        if (words.size() < 2) {
            throw new UsageException(words.isEmpty() ? "KIND is missing" : "NAME is missing");
        }
        var kind = session.kinds().oneCalled(words.getFirst());
        words.subList(1, words.size())
                .forEach(name -> report.add(writer.delete(kind, name, cascade, wait)));
    }
}
