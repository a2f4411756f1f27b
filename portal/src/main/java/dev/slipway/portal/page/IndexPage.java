package dev.slipway.portal.page;

import dev.slipway.portal.page.Frame.Call;
import dev.slipway.portal.page.Frame.Link;
import dev.slipway.portal.reading.Words;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All kinds, in the sections of the menu, whether or not there is anything of them.
public record IndexPage(List<Section> sections) {
    /// Kinds that belong together.
    public record Section(String title, List<Row> rows) {}

    /// One kind.
    public record Row(
            String icon,
            String title,
            String href,
            String name,
            String scope,
            String count,
            String failing) {}

    public IndexPage {
        sections = List.copyOf(sections);
    }

    static IndexPage make(Visit visit) {
        Map<String, List<Row>> sections = new LinkedHashMap<>();
        for (var section : visit.menus().menu(visit.census(), "/k").sections()) {
            section.entries()
                    .forEach(entry ->
                            sections.computeIfAbsent(
                                    Menus.sectionOf(entry.kind()), _ -> new ArrayList<>()));
        }
        for (var count : visit.census().counts()) {
            var kind = count.kind();
            sections.computeIfAbsent(Menus.sectionOf(kind), _ -> new ArrayList<>())
                    .add(
                            new Row(
                                    visit.menus().icon(kind),
                                    kind.title(),
                                    kind.page(),
                                    kind.groupResource(),
                                    kind.namespaced() ? "in a namespace" : "one for all",
                                    Words.number(count.total()),
                                    count.failing() == 0 ? "" : Words.number(count.failing())));
        }
        return new IndexPage(
                sections.entrySet().stream()
                        .map(section -> new Section(section.getKey(), section.getValue()))
                        .toList());
    }

    static Frame frame(Visit visit) {
        return visit.frame(
                "Kinds",
                List.of(Link.here("Kinds")),
                "/k",
                "&about=*",
                Optional.empty(),
                List.of(new Call("kubectl", "kubectl api-resources"), Calls.curl("/apis")));
    }
}
