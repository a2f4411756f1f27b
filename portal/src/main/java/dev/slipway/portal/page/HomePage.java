package dev.slipway.portal.page;

import dev.slipway.portal.page.Frame.Mark;
import java.time.Instant;
import java.util.List;

/// The first page: what is not well, what there is, what has changed.
public record HomePage(
        String heading,
        String sentence,
        List<Trouble> troubles,
        long more,
        List<Group> groups,
        List<Change> changes) {
    /// Something that needs somebody.
    public record Trouble(Mark mark, String name, String href, String says, String where) {}

    /// Kinds that belong together, those with things in them.
    public record Group(String title, List<Row> rows) {}

    /// One kind's share.
    ///
    /// @param worstHref the page of the worst, empty where all are well
    public record Row(
            String title,
            String href,
            String icon,
            String count,
            List<Part> parts,
            Mark worst,
            String worstHref) {}

    /// One part of a meter, in hundredths.
    public record Part(String state, double from, double width) {}

    /// Something that was written.
    ///
    /// @param where kind and namespace
    public record Change(
            Instant at,
            Mark mark,
            boolean automatic,
            String actor,
            String verb,
            String name,
            String href,
            String where) {}
}
