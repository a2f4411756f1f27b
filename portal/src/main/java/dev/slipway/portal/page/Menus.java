package dev.slipway.portal.page;

import dev.slipway.portal.page.Frame.Entry;
import dev.slipway.portal.page.Frame.Menu;
import dev.slipway.portal.page.Frame.Section;
import dev.slipway.portal.reading.ApiKind;
import dev.slipway.portal.reading.Census;
import dev.slipway.portal.reading.Words;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Arranges kinds: by their category where they have one, else by their group.
final class Menus {
    /// A category of Kubernetes for what `kubectl get all` shows; it says nothing about where a kind belongs.
    private static final String ALL = "all";

    /// Where kinds are of which there is nothing, and nothing of their neighbours either.
    private static final String REST = "Nothing yet";

    /// Sections by how near they are to those who use the platform: categories, groups of one's own, Kubernetes.
    private enum Rank {
        CATEGORY,
        OWN,
        KUBERNETES
    }

    private record Heading(Rank rank, String title) implements Comparable<Heading> {
        private static final Comparator<Heading> ORDER =
                Comparator.comparing(Heading::rank).thenComparing(Heading::title);

        @Override
        public int compareTo(Heading other) {
            return ORDER.compare(this, other);
        }
    }

    private final Set<String> icons;

    Menus(Set<String> icons) {
        this.icons = icons;
    }

    /// The menu, with the kind that the reader is at, where it is one.
    Menu menu(Census census, String place) {
        SortedMap<Heading, List<Census.Count>> sections = new TreeMap<>();
        for (var count : census.counts()) {
            sections.computeIfAbsent(heading(count.kind()), _ -> new ArrayList<>()).add(count);
        }
        var arranged = new ArrayList<Section>();
        var rest = new ArrayList<Entry>();
        sections.forEach((heading, counts) -> {
            var section = section(heading, counts, place);
            if (section.entries().isEmpty()) {
                rest.addAll(section.empty());
            } else {
                arranged.add(section);
            }
        });
        if (!rest.isEmpty()) {
            arranged.add(new Section(REST, List.of(), rest));
        }
        return new Menu(arranged, place.equals("/"), place.equals("/k"));
    }

    /// The title of the section that a kind is in.
    static String sectionOf(ApiKind kind) {
        return heading(kind).title();
    }

    /// The icon that goes by one of the words of a kind's name, the last one first.
    String icon(ApiKind kind) {
        var words = List.of(kind.noun().toLowerCase(Locale.ROOT).split(" "));
        return words.reversed().stream().filter(icons::contains).findFirst().orElse("instance");
    }

    private Section section(Heading heading, List<Census.Count> counts, String place) {
        var entries = new ArrayList<Entry>();
        var empty = new ArrayList<Entry>();
        for (var count : counts) {
            boolean shown = count.total() > 0 || heading.rank() != Rank.KUBERNETES;
            (shown ? entries : empty).add(entry(count, place));
        }
        return new Section(heading.title(), entries, empty);
    }

    private Entry entry(Census.Count count, String place) {
        boolean bad = count.failing() > 0;
        var failing = count.failing() + (count.sampled() ? "+" : "") + " failing";
        return new Entry(
                count.kind(),
                icon(count.kind()),
                bad ? failing : Words.number(count.total()),
                bad,
                place.equals(count.kind().page()));
    }

    private static Heading heading(ApiKind kind) {
        if (isKubernetes(kind.group())) {
            return new Heading(Rank.KUBERNETES, kubernetesTitle(kind.group()));
        }
        return category(kind)
                .map(category -> new Heading(Rank.CATEGORY, Words.sentence(category)))
                .orElseGet(() -> new Heading(Rank.OWN, kind.group()));
    }

    private static Optional<String> category(ApiKind kind) {
        return kind.categories().stream().filter(category -> !category.equals(ALL)).findFirst();
    }

    private static boolean isKubernetes(String group) {
        return !group.contains(".") || group.endsWith(".k8s.io");
    }

    private static String kubernetesTitle(String group) {
        return group.isEmpty() ? "Core" : Words.sentence(group.replaceFirst("\\..*", ""));
    }
}
