package dev.slipway.portal.page;

import dev.slipway.kernel.model.ProblemException;
import dev.slipway.kernel.model.Resource;
import dev.slipway.portal.page.Frame.Call;
import dev.slipway.portal.page.Frame.Link;
import dev.slipway.portal.page.Frame.Mark;
import dev.slipway.portal.page.HomePage.Change;
import dev.slipway.portal.page.HomePage.Group;
import dev.slipway.portal.page.HomePage.Part;
import dev.slipway.portal.page.HomePage.Row;
import dev.slipway.portal.page.HomePage.Trouble;
import dev.slipway.portal.reading.Census;
import dev.slipway.portal.reading.Census.Count;
import dev.slipway.portal.reading.Census.Thing;
import dev.slipway.portal.reading.Reach;
import dev.slipway.portal.reading.RevisionEntry;
import dev.slipway.portal.reading.State;
import dev.slipway.portal.reading.Words;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes the first page.
final class HomePages {
    /// How many troubles are shown before `All n`.
    static final int MAX_TROUBLES = 5;

    /// How many changes are shown.
    static final int MAX_CHANGES = 8;

    private HomePages() {}

    /// The values and the frame of the first page.
    record Made(Frame frame, HomePage page) {}

    static Made make(Visit visit, boolean all) {
        var census = visit.census();
        var troubled = census.troubled();
        var shown = all ? troubled : troubled.subList(0, Math.min(MAX_TROUBLES, troubled.size()));
        var page =
                new HomePage(
                        heading(troubled),
                        sentence(visit),
                        shown.stream().map(HomePages::trouble).toList(),
                        troubled.size() - shown.size(),
                        groups(visit),
                        changes(visit));
        return new Made(frame(visit), page);
    }

    private static Frame frame(Visit visit) {
        var events =
                visit.census()
                        .things()
                        .map(thing ->
                                new Ruler.Event(
                                        thing.changed(), thing.health().state() == State.ERROR))
                        .toList();
        var label =
                "When each of %s was last changed, on a logarithmic scale of 30 days"
                        .formatted(Words.count(events.size(), "thing", "things"));
        return visit.frame(
                "Home",
                List.of(Link.here("Home")),
                "/",
                "&about=*",
                Optional.of(Ruler.ofRates(visit.figures(), label, events)),
                List.of(
                        new Call("kubectl", "kubectl api-resources --verbs=list"),
                        Calls.curl("/apis")));
    }

    private static String heading(List<Thing> troubled) {
        long failing =
                troubled.stream().filter(thing -> thing.health().state() == State.ERROR).count();
        if (failing > 0) {
            return failing == 1
                    ? "One thing is failing"
                    : Words.number(failing) + " things are failing";
        }
        if (!troubled.isEmpty()) {
            return troubled.size() == 1
                    ? "One thing needs a look"
                    : Words.number(troubled.size()) + " things need a look";
        }
        return "Nothing needs you";
    }

    private static String sentence(Visit visit) {
        var counts = visit.census().counts();
        long things = counts.stream().mapToLong(Count::total).sum();
        long kinds = counts.stream().filter(count -> count.total() > 0).count();
        long today =
                visit.census()
                        .things()
                        .filter(thing ->
                                visit.figures().ago(thing.changed()).compareTo(Duration.ofDays(1))
                                        < 0)
                        .count();
        return "%s of %s; %s changed since yesterday.%s"
                .formatted(
                        Words.count(things, "thing", "things"),
                        Words.count(kinds, "kind", "kinds"),
                        Words.number(today),
                        reach(visit.census()));
    }

    /// What is not counted, as it is not the reader's to see.
    private static String reach(Census census) {
        var namespaces = census.namespaces();
        if (namespaces.isEmpty()) {
            return "";
        }
        var where =
                census.cut() || namespaces.size() > Reach.MAX_NAMESPACES
                        ? "the first %s of the namespaces that are open to you"
                                .formatted(Words.number(Reach.MAX_NAMESPACES))
                        : new Reach(namespaces, 0, false).words();
        return " Of what you may not list everywhere, only what lies in %s is counted."
                .formatted(where);
    }

    private static Trouble trouble(Thing thing) {
        return new Trouble(
                ListPages.mark(thing.health()),
                thing.name(),
                thing.page(),
                thing.health().sentence(),
                where(thing));
    }

    private static String where(Thing thing) {
        return thing.namespace().isEmpty()
                ? thing.kind().kind()
                : thing.kind().kind() + " · " + thing.namespace();
    }

    private static List<Group> groups(Visit visit) {
        Map<String, List<Row>> groups = new LinkedHashMap<>();
        for (var section : visit.menus().menu(visit.census(), "/").sections()) {
            groups.put(section.title(), new ArrayList<>());
        }
        for (var count : visit.census().counts()) {
            if (count.total() > 0) {
                groups.computeIfAbsent(Menus.sectionOf(count.kind()), _ -> new ArrayList<>())
                        .add(row(visit, count));
            }
        }
        return groups.entrySet().stream()
                .filter(group -> !group.getValue().isEmpty())
                .map(group -> new Group(group.getKey(), group.getValue()))
                .toList();
    }

    private static Row row(Visit visit, Count count) {
        var worst =
                count.things().stream()
                        .filter(thing -> thing.health().state() != State.NONE)
                        .min(
                                Comparator.comparing((Thing thing) -> thing.health().state())
                                        .thenComparing(Thing::changed, Comparator.reverseOrder()));
        return new Row(
                count.kind().title(),
                count.kind().page(),
                visit.menus().icon(count.kind()),
                Words.number(count.total()),
                parts(count),
                worst.map(HomePages::worst).orElse(new Mark(State.NONE, "", "")),
                worst.filter(thing -> thing.health().state() != State.OK)
                        .map(Thing::page)
                        .orElse(""));
    }

    private static Mark worst(Thing thing) {
        return thing.health().state() == State.OK
                ? new Mark(State.OK, "All well", "")
                : new Mark(thing.health().state(), thing.name(), thing.health().sentence());
    }

    /// The shares of the states, well first, as a meter draws them.
    private static List<Part> parts(Count count) {
        var parts = new ArrayList<Part>();
        double from = 0;
        for (var state :
                List.of(State.OK, State.PROGRESS, State.UNKNOWN, State.WARNING, State.ERROR)) {
            double width = 100.0 * count.having(state) / Math.max(1, count.things().size());
            if (width > 0) {
                parts.add(new Part(state.glyph(), from, width));
                from += width;
            }
        }
        return parts;
    }

    private static List<Change> changes(Visit visit) {
        return visit.census()
                .things()
                .sorted(Comparator.comparing(Thing::changed).reversed())
                .limit(MAX_CHANGES)
                .map(thing -> change(visit, thing))
                .toList();
    }

    private static Change change(Visit visit, Thing thing) {
        var last = last(visit, thing);
        return new Change(
                thing.changed(),
                ListPages.mark(thing.health()),
                last.map(RevisionEntry::automatic).orElse(true),
                last.map(RevisionEntry::actor).orElse(""),
                last.map(RevisionEntry::verb).orElse("changed"),
                thing.name(),
                thing.page(),
                where(thing) + last.map(HomePages::detail).orElse(""));
    }

    private static String detail(RevisionEntry entry) {
        var fields = entry.changes().stream().limit(2).toList();
        return (entry.label().isEmpty() ? "" : " · " + entry.label())
                + (fields.isEmpty() ? "" : " · " + String.join(", ", fields));
    }

    private static Optional<RevisionEntry> last(Visit visit, Thing thing) {
        var path = thing.kind().object(thing.namespace(), thing.name());
        try {
            return visit.client()
                    .find(path)
                    .flatMap((Resource object) ->
                            RevisionEntry.read(visit.client(), path, object).stream().findFirst());
        } catch (ProblemException e) {
            return Optional.empty();
        }
    }
}
