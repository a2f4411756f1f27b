package dev.slipway.portal.page;

import dev.slipway.portal.page.Frame.Link;
import dev.slipway.portal.page.Frame.Mark;
import dev.slipway.portal.reading.ApiKind;
import dev.slipway.portal.reading.Condition;
import dev.slipway.portal.reading.RevisionEntry;
import dev.slipway.portal.reading.State;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The page of one thing, in one of three tabs.
///
/// @param title what it calls itself, else its name
/// @param answer how it is, where it says so
public record ThingPage(
        ApiKind kind,
        String icon,
        String name,
        String title,
        List<String> tags,
        boolean simulated,
        String description,
        Optional<Answer> answer,
        List<Fact> facts,
        String address,
        Tab tab,
        List<Condition> conditions,
        List<WhyRow> why,
        Optional<Drawing> nodes,
        List<NodeRow> nodeRows,
        List<KeptRow> kept,
        Optional<Drawing> neighbours,
        List<RelationRow> relations,
        List<Section> sections,
        List<Link> links,
        List<Section> marks,
        List<RevisionEntry> revisions,
        String yaml) {
    /// What part of the page is shown.
    public enum Tab {
        OVERVIEW,
        YAML,
        HISTORY
    }

    /// How it is, in one sentence, and why.
    public record Answer(Mark mark, String reason, Optional<Instant> since) {}

    /// One thing worth knowing at first sight.
    public record Fact(String label, Value.Text value, String support) {}

    /// One step of the way from this thing, which is not ready, to the first that it waits for.
    public record WhyRow(
            String kind, Value.Text name, String state, Optional<Instant> since, String message) {}

    /// One node of what this thing is made of.
    public record NodeRow(String id, String kind, Value.Text name, Mark mark, String needs) {}

    /// One of the revisions that are kept of this thing as things of their own.
    ///
    /// @param active whether what is made by this thing is made by it, unless it stays with another
    /// @param staying how many stay with it
    public record KeptRow(
            Value.Text name,
            boolean active,
            Optional<Instant> time,
            String author,
            List<Changed> changes,
            String staying) {}

    /// One field that a revision changed; what was not there is empty.
    public record Changed(String path, String before, String after) {}

    /// One relation.
    public record RelationRow(String verb, String kind, Value.Text other, Mark mark, String said) {}

    /// Fields that belong together, such as all of a spec.
    public record Section(String title, Value.Group fields) {}

    public boolean at(Tab other) {
        return tab == other;
    }

    /// The newest revisions, for the side of the page.
    public List<RevisionEntry> newest() {
        return revisions.stream().limit(5).toList();
    }

    /// Whether a section is better folded.
    public boolean folded(Section section) {
        return section.title().equals("For machines");
    }

    /// `2 of 3 ready`.
    public String ready() {
        long good = nodeRows.stream().filter(node -> node.mark().state() == State.OK).count();
        return "%d of %d ready".formatted(good, nodeRows.size());
    }

    /// `2 of 3 as wanted`.
    public String wanted() {
        long good = conditions.stream().filter(Condition::asWanted).count();
        return "%d of %d as wanted".formatted(good, conditions.size());
    }
}
