package dev.slipway.portal.page;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.Yaml;
import dev.slipway.portal.page.Frame.Call;
import dev.slipway.portal.page.Frame.Link;
import dev.slipway.portal.page.Frame.Mark;
import dev.slipway.portal.page.ThingPage.Answer;
import dev.slipway.portal.page.ThingPage.Fact;
import dev.slipway.portal.page.ThingPage.Section;
import dev.slipway.portal.page.ThingPage.Tab;
import dev.slipway.portal.page.Value.Text;
import dev.slipway.portal.reading.ApiKind;
import dev.slipway.portal.reading.Condition;
import dev.slipway.portal.reading.Health;
import dev.slipway.portal.reading.Listing;
import dev.slipway.portal.reading.Related;
import dev.slipway.portal.reading.RevisionEntry;
import dev.slipway.portal.reading.Schemas;
import dev.slipway.portal.reading.Simulated;
import dev.slipway.portal.reading.State;
import dev.slipway.portal.reading.Trees;
import dev.slipway.portal.reading.Words;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Makes the page of one thing.
final class ThingPages {
    /// How many facts stand under the answer.
    static final int MAX_FACTS = 5;

    /// How long the sentence of the answer may be, in characters; the rest goes below it.
    static final int MAX_ANSWER = 80;

    /// Annotations that hold machines' copies of the object and say nothing to people.
    private static final Set<String> NOISE =
            Set.of("kubectl.kubernetes.io/last-applied-configuration");

    /// A label or an annotation that is longer than this and holds no words is not written for people.
    private static final int MAX_MARK = 44;

    /// The title of what is not written for people.
    private static final String MACHINES = "For machines";

    /// Parts of an object that have a place of their own on the page.
    private static final Set<String> PLACED = Set.of("apiVersion", "kind", "metadata", "status");

    /// Parts of a status that have a place of their own on the page.
    private static final Set<String> STATUS_PLACED =
            Set.of("conditions", Nodes.FIELD, "observedGeneration", "state", "phase");

    private final Schemas schemas;

    ThingPages(Schemas schemas) {
        this.schemas = schemas;
    }

    /// The values and the frame of a thing's page.
    record Made(Frame frame, ThingPage page) {}

    Made make(Visit visit, ApiKind kind, String namespace, String name, Tab tab) {
        var path = kind.object(namespace, name);
        var row = Listing.one(visit.client(), path);
        var object = visit.client().get(path);
        var related = Related.read(visit.client(), path);
        var revisions = RevisionEntry.read(visit.client(), path, object);
        var neighbours = Neighbours.of(visit, related);
        var nodes = Nodes.of(visit, object, neighbours);
        var fields = fields(visit, kind, related, neighbours);
        var health = Health.of(object);
        var page =
                new ThingPage(
                        kind,
                        visit.menus().icon(kind),
                        name,
                        title(object),
                        tags(kind, object),
                        Simulated.is(object),
                        description(object),
                        answer(health),
                        facts(row, object, fields),
                        kind.page(namespace, name),
                        tab,
                        Condition.of(object),
                        WhyRows.of(visit, object),
                        nodes.drawing(),
                        nodes.rows(),
                        KeptRows.of(visit, object, related),
                        nodes.drawing().isPresent()
                                ? Optional.empty()
                                : neighbours.drawing(object, health),
                        neighbours.rows(),
                        sections(object, fields),
                        links(object),
                        marks(object),
                        revisions,
                        tab == Tab.YAML ? yaml(object) : "");
        return new Made(frame(visit, kind, object, related, revisions), page);
    }

    private static Frame frame(
            Visit visit,
            ApiKind kind,
            Resource object,
            List<Related> related,
            List<RevisionEntry> revisions) {
        var namespace = object.namespace();
        var place = new ArrayList<Link>();
        place.add(new Link(kind.title(), kind.page()));
        if (!namespace.isEmpty()) {
            place.add(new Link(namespace, kind.page() + "?namespace=" + namespace));
        }
        place.add(Link.here(object.name()));
        var events =
                revisions.stream()
                        .flatMap(entry -> entry.time().stream())
                        .map(time -> new Ruler.Event(time, false))
                        .toList();
        var label =
                "%s: %s in the last 30 days"
                        .formatted(object.name(), Words.count(events.size(), "change", "changes"));
        return visit.frame(
                object.name(),
                place,
                kind.page(),
                Visit.about(kind, namespace, object.name()) + about(visit, related),
                Optional.of(Ruler.ofTicks(visit.figures(), label, events)),
                calls(kind, object));
    }

    /// A thing's page shows its neighbours, so that it has to be made anew for them too.
    private static String about(Visit visit, List<Related> related) {
        return related.stream()
                .limit(Neighbours.MAX)
                .flatMap(one ->
                        visit.index().of(one.group(), one.kind()).stream()
                                .map(kind -> Visit.about(kind, one.namespace(), one.name())))
                .distinct()
                .collect(Collectors.joining());
    }

    private static List<Call> calls(ApiKind kind, Resource object) {
        var where = object.namespace().isEmpty() ? "" : " -n " + object.namespace();
        return List.of(
                new Call(
                        "kubectl",
                        "kubectl get %s %s%s -o yaml"
                                .formatted(kind.groupResource(), object.name(), where)),
                Calls.curl(kind.object(object.namespace(), object.name())));
    }

    private Fields fields(Visit visit, ApiKind kind, List<Related> related, Neighbours neighbours) {
        Map<String, Related> references = new LinkedHashMap<>();
        related.stream()
                .filter(Related::outgoing)
                .forEach(one -> references.putIfAbsent(one.field(), one));
        return new Fields(schemas.of(visit.client(), kind), references, neighbours::page);
    }

    private static String title(Resource object) {
        var title = Json.string(object.metadata(), "title");
        return title.isEmpty() ? object.name() : title;
    }

    private static List<String> tags(ApiKind kind, Resource object) {
        var tags = new ArrayList<>(List.of(kind.kind()));
        Trees.texts(Json.list(object.metadata(), "tags")).stream().limit(8).forEach(tags::add);
        return tags;
    }

    private static String description(Resource object) {
        var description = Json.string(object.metadata(), "description");
        return description.isEmpty()
                ? object.annotation("kubernetes.io/description").orElse("")
                : description;
    }

    private static Optional<Answer> answer(Health health) {
        if (health.state() == State.NONE) {
            return Optional.empty();
        }
        var sentence = health.state() == State.OK ? well(health) : health.sentence();
        boolean fits = sentence.length() <= MAX_ANSWER;
        var head = fits ? sentence : lead(health);
        var mark = new Mark(health.state(), head, "");
        return Optional.of(
                new Answer(mark, fits ? reason(health) : full(health.sentence()), health.since()));
    }

    private static String well(Health health) {
        return health.word().equals(Words.cut(health.sentence(), Health.WORD))
                ? health.sentence()
                : health.word();
    }

    /// With its full stop.
    private static String full(String sentence) {
        return sentence.endsWith(".") ? sentence : sentence + ".";
    }

    /// What stands for a sentence that is too long.
    private static String lead(Health health) {
        return health.cause()
                .map(condition ->
                        condition.reason().isEmpty()
                                ? condition.type() + " is " + condition.status()
                                : "%s is %s: %s"
                                        .formatted(
                                                condition.type(),
                                                condition.status(),
                                                Words.noun(condition.reason())))
                .orElse(health.word());
    }

    private static String reason(Health health) {
        return health.cause()
                .filter(condition -> !condition.asWanted())
                .map(condition ->
                        "The condition %s is %s.".formatted(condition.type(), condition.status()))
                .orElse("");
    }

    /// What the kind's columns say, and where these say nothing, the first fields of the spec.
    private static List<Fact> facts(Listing row, Resource object, Fields fields) {
        Map<String, Fact> facts = new LinkedHashMap<>();
        var cells = row.rows().isEmpty() ? List.<String>of() : row.rows().getFirst().cells();
        for (int i = 0; i < Math.min(cells.size(), row.columns().size()); i++) {
            var column = row.columns().get(i);
            if (tells(column, cells.get(i), object)) {
                var text = cells.get(i);
                var value = fields.reference(text).orElseGet(() -> Text.of(text));
                facts.put(text, fact(column.name(), value));
            }
        }
        boolean told = !facts.isEmpty();
        for (var field : fields.group(object.spec(), "spec").fields()) {
            if (!told && field.value() instanceof Text text) {
                facts.putIfAbsent(text.text(), fact(field.label(), text));
            }
        }
        return facts.values().stream().limit(MAX_FACTS).toList();
    }

    private static Fact fact(String label, Text value) {
        return new Fact(label, value, value.missing() ? "does not exist" : "");
    }

    /// Whether a cell says more than the answer above it.
    private static boolean tells(Listing.Column column, String cell, Resource object) {
        boolean echo =
                cell.equals(Health.phaseOf(object))
                        || Condition.of(object).stream()
                                .anyMatch(condition ->
                                        cell.equals(condition.status())
                                                || cell.equals(condition.reason())
                                                || cell.equals(condition.message()));
        return column.priority() == 0
                && !column.isName()
                && !column.isAge()
                && !cell.isEmpty()
                && !cell.equals("<none>")
                && !echo;
    }

    private static List<Section> sections(Resource object, Fields fields) {
        var sections = new ArrayList<Section>();
        Map<String, Object> loose = new LinkedHashMap<>();
        object.tree()
                .forEach((key, value) -> {
                    if (value instanceof Map<?, ?> map && !PLACED.contains(key) && !map.isEmpty()) {
                        sections.add(
                                new Section(
                                        Words.sentence(key), fields.group(Json.cast(map), key)));
                    } else if (!PLACED.contains(key)) {
                        Json.put(loose, key, value);
                    }
                });
        if (!loose.isEmpty()) {
            sections.add(new Section("Fields", fields.group(loose, "")));
        }
        Map<String, Object> status = new LinkedHashMap<>(object.status());
        status.keySet().removeAll(STATUS_PLACED);
        if (!status.isEmpty()) {
            sections.add(new Section("Status", fields.group(status, "status")));
        }
        return sections;
    }

    private static List<Link> links(Resource object) {
        return Trees.objects(Json.list(object.metadata(), "links")).stream()
                .filter(link -> isAddress(Json.string(link, "url")))
                .map(link ->
                        new Link(
                                Json.string(link, "title").isEmpty()
                                        ? Json.string(link, "url")
                                        : Json.string(link, "title"),
                                Json.string(link, "url")))
                .toList();
    }

    private static boolean isAddress(String text) {
        var lower = text.toLowerCase(Locale.ROOT);
        return lower.startsWith("https://") || lower.startsWith("http://");
    }

    private static List<Section> marks(Resource object) {
        var marks = new ArrayList<Section>();
        Map<String, Object> machines = new LinkedHashMap<>();
        addMarks(marks, "Labels", object.labels(), machines);
        addMarks(marks, "Annotations", object.annotations(), machines);
        if (!machines.isEmpty()) {
            marks.add(new Section(MACHINES, group(machines)));
        }
        return marks;
    }

    /// Adds what people write; what machines write for machines is put aside.
    private static void addMarks(
            List<Section> marks,
            String title,
            Map<String, Object> entries,
            Map<String, Object> machines) {
        Map<String, Object> people = new LinkedHashMap<>();
        entries.forEach((key, value) -> {
            if (!NOISE.contains(key)) {
                (isForMachines(Trees.scalar(value)) ? machines : people).put(key, value);
            }
        });
        if (!people.isEmpty()) {
            marks.add(new Section(title, group(people)));
        }
    }

    private static boolean isForMachines(String value) {
        boolean words = value.length() <= MAX_MARK || value.contains(" ") || value.contains("://");
        return value.startsWith("{") || value.startsWith("[") || !words;
    }

    private static Value.Group group(Map<String, Object> entries) {
        return new Value.Group(
                entries.entrySet().stream()
                        .map(entry ->
                                new Value.Field(
                                        entry.getKey(),
                                        entry.getKey(),
                                        entry.getKey(),
                                        Text.of(Trees.scalar(entry.getValue()))))
                        .toList());
    }

    /// The whole object as kubectl would print it; the bookkeeping of field managers is left out there too.
    private static String yaml(Resource object) {
        var copy = object.copy();
        Json.child(copy.tree(), "metadata").remove("managedFields");
        return Yaml.write(copy.tree());
    }
}
