package dev.slipway.cli;

import dev.slipway.client.ApiClient;
import dev.slipway.kernel.model.Resource;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// The welcome example: what `up` loads at the first start, and what `slipway examples` adds and removes. One thread.
public final class Examples {
    /// Where all of it goes.
    public static final String NAMESPACE = "examples";

    static final Verb VERB =
            new Verb(
                    "examples",
                    "add|remove [-o json|name]",
                    "load the welcome example, or take it away",
                    List.of(),
                    Examples::run);

    private static final Document NAMESPACE_DOCUMENT =
            new Document.Parsed(
                    "examples",
                    new Resource(
                            Map.of(
                                    "apiVersion",
                                    "v1",
                                    "kind",
                                    "Namespace",
                                    "metadata",
                                    Map.of("name", NAMESPACE))));

    private final Path folder;
    private final Writer writer;

    /// @param home the folder of the product, with `examples/`
    /// @param pause waits, for what the example's own kinds need to come up
    public Examples(ApiClient api, Path home, Consumer<Duration> pause) {
        this.folder = home.resolve("examples/welcome");
        this.writer = new Writer(api, new ServedKinds(api, pause), NAMESPACE, pause);
    }

    /// Loads what is not there yet; one line for each thing that could not be.
    public List<String> add() {
        return failures(added());
    }

    private List<Outcome> added() {
        var outcomes = new ArrayList<Outcome>();
        outcomes.add(writer.apply(NAMESPACE_DOCUMENT, false, false));
        documents().forEach(document -> outcomes.add(writer.apply(document, false, true)));
        return outcomes;
    }

    private List<Outcome> removed() {
        var outcomes = new ArrayList<Outcome>();
        documents()
                .reversed()
                .forEach(document ->
                        outcomes.add(writer.delete(document, Cascade.BACKGROUND, true)));
        outcomes.add(writer.delete(NAMESPACE_DOCUMENT, Cascade.BACKGROUND, true));
        return outcomes;
    }

    private List<Document> documents() {
        return new Documents(folder, InputStream.nullInputStream()).of(folder.toString(), false);
    }

    private static List<String> failures(List<Outcome> outcomes) {
        return outcomes.stream()
                .filter(Outcome.Failed.class::isInstance)
                .map(Outcome.Failed.class::cast)
                .map(failed -> failed.place() + ": " + failed.message())
                .toList();
    }

    private static int run(Session session) {
        var words = session.arguments().words();
        var examples = new Examples(session.api(), session.environment().home(), session::pause);
        var outcomes =
                switch (String.join(" ", words)) {
                    case "add" -> examples.added();
                    case "remove" -> examples.removed();
                    default -> throw new UsageException("add or remove is missing");
                };
        var report = new Report(session);
        outcomes.forEach(report::add);
        return report.end();
    }
}
