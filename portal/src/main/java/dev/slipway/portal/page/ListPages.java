package dev.slipway.portal.page;

import dev.slipway.kernel.model.ProblemException;
import dev.slipway.portal.page.Frame.Call;
import dev.slipway.portal.page.Frame.Link;
import dev.slipway.portal.page.Frame.Mark;
import dev.slipway.portal.page.ListPage.Blank;
import dev.slipway.portal.page.ListPage.Cell;
import dev.slipway.portal.page.ListPage.Heading;
import dev.slipway.portal.page.ListPage.Kept;
import dev.slipway.portal.reading.ApiKind;
import dev.slipway.portal.reading.Health;
import dev.slipway.portal.reading.Listing;
import dev.slipway.portal.reading.Reach;
import dev.slipway.portal.reading.State;
import dev.slipway.portal.reading.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Makes the page of a kind's list.
final class ListPages {
    /// How many rows one page has.
    static final int PAGE = 50;

    /// How many rows are looked at as long as nobody filters or sorts; a longer list is in the order of the API.
    static final int GLANCE = 500;

    /// How many columns are shown, beside name, namespace and state.
    static final int MAX_COLUMNS = 7;

    /// Of how many namespaces the calls are shown, where each needs one of its own.
    private static final int MAX_CALLS = 3;

    private ListPages() {}

    /// The values and the frame of a list.
    record Made(Frame frame, ListPage page) {}

    /// The rows that could be read, and how far the right to read them reaches.
    private record Sight(Listing listing, Reach reach) {}

    static Made make(Visit visit, ApiKind kind) {
        boolean narrowed = Selection.narrows(visit);
        var sight =
                sight(
                        visit,
                        kind,
                        narrowed ? Listing.MAX_ROWS : Math.max(GLANCE, (page(visit) + 1) * PAGE));
        var listing = sight.listing();
        var selection = Selection.of(visit, kind, listing);
        var chosen = selection.chosen();
        int from = Math.min(page(visit) * PAGE, Math.max(0, (chosen.size() - 1) / PAGE * PAGE));
        int to = Math.min(chosen.size(), from + PAGE);
        var rows = chosen.subList(from, to).stream().map(selection::row).toList();
        var page =
                new ListPage(
                        kind,
                        visit.menus().icon(kind),
                        visit.parameter(Selection.FILTER),
                        kept(visit),
                        selection.headings(),
                        rows,
                        selection.facets(),
                        selection.foot(),
                        looked(listing),
                        shown(listing, narrowed ? chosen.size() : listing.total(), from, to),
                        from == 0 ? "" : at(visit, from / PAGE - 1),
                        to < (narrowed ? chosen.size() : listing.total())
                                ? at(visit, from / PAGE + 1)
                                : "",
                        reach(kind, sight.reach()),
                        rows.isEmpty()
                                ? Optional.of(blank(visit, kind, listing))
                                : Optional.empty());
        return new Made(frame(visit, kind, selection, sight.reach()), page);
    }

    /// Looks everywhere, or in the namespace that the address names; where everywhere is refused, where it is allowed.
    private static Sight sight(Visit visit, ApiKind kind, int limit) {
        var namespace = kind.namespaced() ? visit.parameter(Selection.NAMESPACE) : "";
        try {
            var listing = Listing.read(visit.client(), kind.collection(namespace), limit);
            return new Sight(listing, Reach.EVERYWHERE);
        } catch (ProblemException e) {
            if (!namespace.isEmpty()) {
                throw e;
            }
            var reach = Reach.instead(e, visit.client(), kind);
            return new Sight(Listing.read(visit.client(), reach.collections(kind), limit), reach);
        }
    }

    private static String reach(ApiKind kind, Reach reach) {
        if (reach.everywhere()) {
            return "";
        }
        var shown =
                "You may not list %s everywhere. Shown is only what lies in %s."
                        .formatted(kind.plural(), reach.words());
        return reach.more() == 0
                ? shown
                : shown + " For another one add ?namespace=NAME to the address.";
    }

    private static Frame frame(Visit visit, ApiKind kind, Selection selection, Reach reach) {
        var namespace = selection.namespace();
        var place = new ArrayList<>(List.of(new Link(Menus.sectionOf(kind), "/k")));
        place.add(
                namespace.isEmpty()
                        ? Link.here(kind.title())
                        : new Link(kind.title(), kind.page()));
        if (!namespace.isEmpty()) {
            place.add(Link.here(namespace));
        }
        var events = selection.chosen().stream().map(selection::event).toList();
        return visit.frame(
                kind.title(),
                place,
                kind.page(),
                Visit.about(kind),
                Optional.of(Ruler.ofTicks(visit.figures(), label(kind, events.size()), events)),
                calls(kind, namespace, reach));
    }

    private static String label(ApiKind kind, int count) {
        return "%s: the last change of each of %s, in the last 30 days"
                .formatted(kind.title(), Words.number(count));
    }

    private static List<Call> calls(ApiKind kind, String namespace, Reach reach) {
        if (!reach.everywhere()) {
            return reach.namespaces().stream()
                    .limit(MAX_CALLS)
                    .flatMap(one -> calls(kind, one).stream())
                    .toList();
        }
        return calls(kind, namespace);
    }

    private static List<Call> calls(ApiKind kind, String namespace) {
        var where = !kind.namespaced() ? "" : namespace.isEmpty() ? " -A" : " -n " + namespace;
        return List.of(
                new Call("kubectl", "kubectl get " + kind.groupResource() + where),
                Calls.curl(kind.collection(namespace)));
    }

    private static List<Kept> kept(Visit visit) {
        return visit.request().query().entrySet().stream()
                .filter(entry -> !entry.getKey().equals(Selection.FILTER))
                .filter(entry -> !entry.getKey().equals("page"))
                .flatMap(entry ->
                        entry.getValue().stream().map(value -> new Kept(entry.getKey(), value)))
                .toList();
    }

    private static String shown(Listing listing, long of, int from, int to) {
        var all =
                of == listing.total()
                        ? ""
                        : ", of %s in all".formatted(Words.number(listing.total()));
        return of <= PAGE
                ? Words.number(of) + " shown" + all
                : "%s to %s of %s%s"
                        .formatted(Words.number(from + 1), Words.number(to), Words.number(of), all);
    }

    /// How far facets and filters have looked, where that is not all.
    private static String looked(Listing listing) {
        return listing.more() == 0
                ? ""
                : "Counted among the first %s.".formatted(Words.number(listing.rows().size()));
    }

    private static Blank blank(Visit visit, ApiKind kind, Listing listing) {
        if (listing.rows().isEmpty()) {
            return new Blank(
                    "No " + kind.noun() + " yet",
                    "What is applied with kind %s and apiVersion %s appears here at once."
                            .formatted(kind.kind(), kind.apiVersion()),
                    "kubectl explain " + kind.groupResource(),
                    "",
                    "");
        }
        return new Blank(
                "No %s matches".formatted(kind.noun()),
                "The filters together leave none of %s."
                        .formatted(Words.count(listing.total(), kind.noun(), kind.title())),
                "",
                "Drop all filters",
                visit.request().path());
    }

    private static int page(Visit visit) {
        try {
            return Math.clamp(Integer.parseInt(visit.parameter("page")) - 1, 0, Listing.MAX_ROWS);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static String at(Visit visit, int page) {
        var here = visit.with("page", "");
        return here + (here.contains("?") ? "&" : "?") + "page=" + (page + 1);
    }

    /// The mark of a state, its whole sentence in the title.
    static Mark mark(Health health) {
        return new Mark(health.state(), health.word(), health.sentence());
    }

    /// A state as a cell; text where the state has no glyph of its own.
    static Cell cell(Health health) {
        return health.state() == State.NONE
                ? new Cell.Text(health.word().isEmpty() ? "–" : health.word(), false)
                : new Cell.Of(mark(health));
    }

    /// A column's head.
    static Heading heading(Visit visit, String text, String hint, boolean numeric) {
        var sort = visit.parameter(Selection.SORT);
        boolean up = sort.equals(text);
        boolean down = sort.equals("-" + text);
        return new Heading(
                text,
                hint,
                visit.with(Selection.SORT, up ? "-" + text : text),
                up ? "ascending" : down ? "descending" : "",
                numeric);
    }
}
