package dev.slipway.portal.page;

import dev.slipway.portal.page.Frame.Mark;
import dev.slipway.portal.page.ListPage.Cell;
import dev.slipway.portal.page.ListPage.Choice;
import dev.slipway.portal.page.ListPage.Facet;
import dev.slipway.portal.page.ListPage.Heading;
import dev.slipway.portal.page.ListPage.Row;
import dev.slipway.portal.reading.ApiKind;
import dev.slipway.portal.reading.Health;
import dev.slipway.portal.reading.Listing;
import dev.slipway.portal.reading.Simulated;
import dev.slipway.portal.reading.Standing;
import dev.slipway.portal.reading.State;
import dev.slipway.portal.reading.Words;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/// The rows of a listing that an address asks for, in the order that it asks for.
final class Selection {
    static final String FILTER = "q";
    static final String SORT = "sort";
    private static final String STATE = "state";
    static final String NAMESPACE = "namespace";

    /// What a column's own filter is called in the address: `f.Type=service`.
    private static final String COLUMN = "f.";

    /// A column with more values than this is no facet.
    private static final int MAX_CHOICES = 12;

    private final Visit visit;
    private final ApiKind kind;
    private final Listing listing;
    private final List<Integer> columns;
    private final IdentityHashMap<Listing.Row, Standing> standings = new IdentityHashMap<>();
    private final List<Listing.Row> chosen;

    private Selection(Visit visit, ApiKind kind, Listing listing) {
        this.visit = visit;
        this.kind = kind;
        this.listing = listing;
        this.columns = shownColumns();
        listing.rows().forEach(row -> standings.put(row, Standing.of(row.object())));
        this.chosen = listing.rows().stream().filter(wanted("")).sorted(order()).toList();
    }

    static Selection of(Visit visit, ApiKind kind, Listing listing) {
        return new Selection(visit, kind, listing);
    }

    /// Whether an address asks for some rows, or for another order, so that all rows have to be looked at.
    static boolean narrows(Visit visit) {
        return visit.request().query().keySet().stream()
                .filter(name -> !visit.parameter(name).isEmpty())
                .anyMatch(name ->
                        name.startsWith(COLUMN) || Set.of(FILTER, SORT, STATE).contains(name));
    }

    List<Listing.Row> chosen() {
        return chosen;
    }

    /// The namespace that the list is narrowed to, or empty.
    String namespace() {
        return visit.parameter(NAMESPACE);
    }

    List<Heading> headings() {
        var headings = new ArrayList<Heading>();
        headings.add(ListPages.heading(visit, "Name", "", false));
        if (stateful()) {
            headings.add(
                    ListPages.heading(visit, "State", "The worst that each says of itself", false));
        }
        if (kind.namespaced()) {
            headings.add(ListPages.heading(visit, "Namespace", "", false));
        }
        for (int column : columns) {
            var head = listing.columns().get(column);
            headings.add(ListPages.heading(visit, head.name(), head.description(), head.numeric()));
        }
        headings.add(ListPages.heading(visit, "Changed", "When each was last written", true));
        return headings;
    }

    /// When a row was last written, for the ruler.
    Ruler.Event event(Listing.Row row) {
        return new Ruler.Event(standing(row).changed(), health(row).state() == State.ERROR);
    }

    Row row(Listing.Row row) {
        var object = row.object();
        var cells = new ArrayList<Cell>();
        if (stateful()) {
            cells.add(ListPages.cell(health(row)));
        }
        if (kind.namespaced()) {
            cells.add(
                    new Cell.Linked(object.namespace(), visit.with(NAMESPACE, object.namespace())));
        }
        for (int column : columns) {
            cells.add(cell(row, column));
        }
        cells.add(new Cell.When(standing(row).changed()));
        return new Row(
                object.name(),
                kind.page(object.namespace(), object.name()),
                object.namespace(),
                Simulated.is(object),
                cells);
    }

    /// What stands below the columns: how many, how many of them well.
    List<String> foot() {
        var foot = new ArrayList<String>();
        foot.add(Words.number(chosen.size()) + (listing.more() > 0 ? " first" : " in all"));
        if (stateful()) {
            long well = chosen.stream().filter(row -> health(row).state() == State.OK).count();
            foot.add("%s well".formatted(Words.number(well)));
        }
        if (kind.namespaced()) {
            foot.add(distinct(row -> row.object().namespace()));
        }
        columns.forEach(column -> foot.add(sum(column)));
        foot.add("");
        return foot;
    }

    List<Facet> facets() {
        var facets = new ArrayList<Facet>();
        if (stateful()) {
            facets.add(states());
        }
        if (kind.namespaced()) {
            facet("Namespace", NAMESPACE, row -> row.object().namespace()).ifPresent(facets::add);
        }
        for (int column : columns) {
            var head = listing.columns().get(column);
            if (head.type().equals("string") || head.type().equals("boolean")) {
                facet(head.name(), COLUMN + head.name(), row -> text(row, column))
                        .ifPresent(facets::add);
            }
        }
        return facets;
    }

    private Health health(Listing.Row row) {
        return standing(row).health();
    }

    private Standing standing(Listing.Row row) {
        return Objects.requireNonNull(standings.get(row));
    }

    private boolean stateful() {
        return standings.values().stream().map(Standing::health).anyMatch(Health::known);
    }

    private List<Integer> shownColumns() {
        return IntStream.range(0, listing.columns().size())
                .filter(i ->
                        !listing.columns().get(i).isName() && !listing.columns().get(i).isAge())
                .filter(i -> listing.columns().get(i).priority() == 0 && !saysState(i))
                .limit(ListPages.MAX_COLUMNS)
                .boxed()
                .toList();
    }

    /// Whether a column only repeats what the state cell says.
    private boolean saysState(int column) {
        return listing.rows().stream().allMatch(row -> saysPhase(row, column))
                && !listing.rows().isEmpty();
    }

    private static boolean saysPhase(Listing.Row row, int column) {
        var phase = Health.phaseOf(row.object());
        return !phase.isEmpty() && text(row, column).equals(phase);
    }

    private Facet states() {
        Map<State, Long> counts = new TreeMap<>();
        listing.rows().stream()
                .filter(wanted(STATE))
                .forEach(row -> counts.merge(health(row).state(), 1L, Long::sum));
        var choices = new ArrayList<Choice>();
        counts.forEach((state, count) -> {
            var mark = new Mark(state, state.word(), "");
            choices.add(choice(STATE, state.glyph(), state.word(), count, Optional.of(mark)));
        });
        return new Facet("State", choices);
    }

    private Optional<Facet> facet(
            String title, String parameter, Function<Listing.Row, String> value) {
        Map<String, Long> counts = new TreeMap<>();
        listing.rows().stream()
                .filter(wanted(parameter))
                .map(value)
                .filter(text -> !text.isEmpty() && !text.equals("<none>"))
                .forEach(text -> counts.merge(text, 1L, Long::sum));
        boolean chosen = !visit.parameter(parameter).isEmpty();
        if ((counts.size() < 2 && !chosen)
                || counts.size() > MAX_CHOICES
                || counts.size() > half()) {
            return Optional.empty();
        }
        var choices =
                counts.entrySet().stream()
                        .map(entry ->
                                choice(
                                        parameter,
                                        entry.getKey(),
                                        entry.getKey(),
                                        entry.getValue(),
                                        Optional.empty()))
                        .toList();
        return Optional.of(new Facet(title, choices));
    }

    /// A column in which nearly every row differs narrows nothing.
    private int half() {
        return Math.max(3, listing.rows().size() / 2);
    }

    private Choice choice(
            String parameter, String value, String text, long count, Optional<Mark> mark) {
        boolean set = visit.parameter(parameter).equals(value);
        return new Choice(text, visit.with(parameter, set ? "" : value), count, set, mark);
    }

    /// Whether a row passes all filters but the one named.
    private Predicate<Listing.Row> wanted(String except) {
        var wanted = matching(visit.parameter(FILTER));
        for (var parameter : visit.request().query().keySet()) {
            var value = visit.parameter(parameter);
            if (!parameter.equals(except) && !value.isEmpty()) {
                wanted = wanted.and(narrowed(parameter, value));
            }
        }
        return wanted;
    }

    private Predicate<Listing.Row> narrowed(String parameter, String value) {
        if (parameter.equals(NAMESPACE)) {
            return row -> row.object().namespace().equals(value);
        }
        if (parameter.equals(STATE)) {
            return row -> health(row).state().glyph().equals(value);
        }
        if (parameter.startsWith(COLUMN)) {
            int column = column(parameter.substring(COLUMN.length()));
            return row -> column >= 0 && text(row, column).equals(value);
        }
        return _ -> true;
    }

    /// Rows that have each of some words somewhere.
    private static Predicate<Listing.Row> matching(String filter) {
        if (filter.isBlank()) {
            return _ -> true;
        }
        var words = List.of(filter.toLowerCase(Locale.ROOT).strip().split("\\s+"));
        return row -> words.stream().allMatch(text(row)::contains);
    }

    private static String text(Listing.Row row) {
        var name = row.object().namespace() + "/" + row.object().name();
        return (name + " " + row.cells()).toLowerCase(Locale.ROOT);
    }

    private Comparator<Listing.Row> order() {
        if (listing.total() > ListPages.GLANCE && !narrows(visit)) {
            return (_, _) -> 0;
        }
        var sort = visit.parameter(SORT);
        boolean down = sort.startsWith("-");
        var comparator = order(down ? sort.substring(1) : sort);
        return down ? comparator.reversed() : comparator;
    }

    private Comparator<Listing.Row> order(String column) {
        Comparator<Listing.Row> byName =
                Comparator.comparing((Listing.Row row) -> row.object().name())
                        .thenComparing(row -> row.object().namespace());
        return switch (column) {
            case "Name" -> byName;
            case "Namespace" ->
                    Comparator.comparing((Listing.Row row) -> row.object().namespace())
                            .thenComparing(byName);
            case "Changed" ->
                    Comparator.comparing((Listing.Row row) -> standing(row).changed())
                            .thenComparing(byName);
            default ->
                    column(column) < 0
                            ? byState().thenComparing(byName)
                            : by(column(column), byName);
        };
    }

    private Comparator<Listing.Row> byState() {
        return Comparator.comparing(row -> health(row).state());
    }

    private Comparator<Listing.Row> by(int column, Comparator<Listing.Row> then) {
        return listing.columns().get(column).numeric()
                ? Comparator.comparingDouble((Listing.Row row) -> number(text(row, column)))
                        .thenComparing(then)
                : Comparator.comparing((Listing.Row row) -> text(row, column)).thenComparing(then);
    }

    private int column(String name) {
        return columns.stream()
                .filter(column -> listing.columns().get(column).name().equals(name))
                .findFirst()
                .orElse(-1);
    }

    private Cell cell(Listing.Row row, int column) {
        var text = text(row, column);
        var head = listing.columns().get(column);
        boolean state =
                head.name().equalsIgnoreCase("state") || head.name().equalsIgnoreCase("status");
        if (state && Health.ofWord(text).state() != State.NONE) {
            return ListPages.cell(Health.ofWord(text));
        }
        return new Cell.Text(text.isEmpty() || text.equals("<none>") ? "–" : text, head.numeric());
    }

    private static String text(Listing.Row row, int column) {
        return column < row.cells().size() ? row.cells().get(column) : "";
    }

    private String sum(int column) {
        var head = listing.columns().get(column);
        if (head.numeric()) {
            double sum = chosen.stream().mapToDouble(row -> number(text(row, column))).sum();
            return sum == Math.rint(sum) ? Words.number((long) sum) : String.valueOf(sum);
        }
        return distinct(row -> text(row, column));
    }

    private String distinct(Function<Listing.Row, String> value) {
        long values = chosen.stream().map(value).filter(text -> !text.isEmpty()).distinct().count();
        return values < 2 ? "" : Words.number(values) + " different";
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
