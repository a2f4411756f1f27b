package dev.slipway.portal.page;

import dev.slipway.portal.page.Frame.Mark;
import dev.slipway.portal.reading.ApiKind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The page of all things of a kind.
///
/// @param filter what is in the filter box
/// @param kept the other filters in force, which the form of the filter box hands on
/// @param looked how far the facets have looked, empty where at all
/// @param shown which of how many are on the page, in words
/// @param reach which namespaces are looked at, where not all may be, as a sentence
/// @param blank why there are no rows, where there are none
public record ListPage(
        ApiKind kind,
        String icon,
        String filter,
        List<Kept> kept,
        List<Heading> headings,
        List<Row> rows,
        List<Facet> facets,
        List<String> foot,
        String looked,
        String shown,
        String previous,
        String next,
        String reach,
        Optional<Blank> blank) {
    /// One column head, which sorts.
    ///
    /// @param sorted `ascending`, `descending` or empty
    public record Heading(String text, String hint, String href, String sorted, boolean numeric) {}

    /// One thing.
    public record Row(
            String name, String href, String namespace, boolean simulated, List<Cell> cells) {}

    /// One value of a thing: a state, a moment, or text.
    public sealed interface Cell {
        /// A state.
        record Of(Mark mark) implements Cell {}

        /// A moment.
        record When(Instant at) implements Cell {}

        /// Text.
        record Text(String text, boolean numeric) implements Cell {}

        /// Text that leads to a list.
        record Linked(String text, String href) implements Cell {}
    }

    /// One way to narrow the list, with how many each value has.
    public record Facet(String title, List<Choice> choices) {}

    /// One value of a facet; following it again drops it.
    public record Choice(
            String text, String href, long count, boolean chosen, Optional<Mark> mark) {}

    /// A parameter of the address.
    public record Kept(String name, String value) {}

    /// Why nothing is shown, and the way on.
    public record Blank(
            String heading, String sentence, String command, String action, String href) {}
}
