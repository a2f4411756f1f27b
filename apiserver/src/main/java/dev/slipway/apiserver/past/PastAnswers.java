package dev.slipway.apiserver.past;

import dev.slipway.apiserver.wire.Tree;
import dev.slipway.kernel.kind.Kind;
import dev.slipway.kernel.kind.Kinds;
import dev.slipway.kernel.kind.Kinds.Served;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.past.Difference;
import dev.slipway.kernel.past.Differences;
import dev.slipway.kernel.past.Explanation;
import dev.slipway.kernel.past.Explanation.Chain;
import dev.slipway.kernel.past.Explanation.Link;
import dev.slipway.kernel.past.HistoryPage;
import dev.slipway.kernel.store.Origin;
import dev.slipway.kernel.store.Revision;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// Writes what the kernel tells of the past as the trees that clients get.
public final class PastAnswers {
    /// How many characters of a value are told, except where differences are asked for.
    static final int MAX_VALUE = 120;

    private static final String API_VERSION = "slipway.dev/v1alpha1";

    private PastAnswers() {}

    /// `RevisionList`: what happened to an object, newest first.
    public static Map<String, Object> history(HistoryPage page) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        page.next().ifPresent(next -> metadata.put("continue", Long.toString(next)));
        return Tree.of(
                "kind",
                "RevisionList",
                "apiVersion",
                API_VERSION,
                "metadata",
                metadata,
                "compacted",
                page.compacted(),
                "items",
                page.entries().stream().map(PastAnswers::entry).toList());
    }

    /// `Explanation`: why a value is what it is.
    ///
    /// @param readable whether the reader may know of an object
    public static Map<String, Object> why(
            Explanation found, Kinds kinds, Predicate<ResourceKey> readable) {
        var tree =
                Tree.of(
                        "kind",
                        "Explanation",
                        "apiVersion",
                        API_VERSION,
                        "path",
                        found.path().toString());
        found.value().ifPresent(value -> tree.put("value", shortened(value)));
        tree.put("older", found.older());
        tree.put("managers", found.managers());
        tree.put("setBy", write(found.setBy(), kinds));
        tree.put("changes", details(found.changes()));
        tree.put(
                "chains",
                found.chains().stream().map(chain -> chain(chain, kinds, readable)).toList());
        return tree;
    }

    /// `DifferenceList`: how objects differ between two revisions.
    ///
    /// @param items as [#compared] makes them; those in which nothing differs that is told are left out
    /// @param more whether further objects differ
    public static Map<String, Object> differences(
            long from, long to, List<Map<String, Object>> items, boolean more) {
        return Tree.of(
                "kind", "DifferenceList",
                "apiVersion", API_VERSION,
                "from", from,
                "to", to,
                "more", more,
                "items", items.stream().filter(PastAnswers::isTold).toList());
    }

    private static boolean isTold(Map<String, Object> item) {
        return item.containsKey("destroyed") || !Json.list(item, "differences").isEmpty();
    }

    /// How one object differs, with whole values; `destroyed` says since when its content is gone.
    public static Map<String, Object> compared(
            Served served, Compared one, Differences differences) {
        var tree =
                Tree.of(
                        "apiVersion", served.apiVersion(),
                        "kind", served.names().kind(),
                        "namespace", one.key().namespace(),
                        "name", one.key().name(),
                        "operation", one.operation());
        one.before().ifPresent(before -> tree.put("from", before.revision()));
        one.after().ifPresent(after -> tree.put("to", after.revision()));
        one.destroyed().ifPresent(deletion -> tree.put("destroyed", deletion.time().toString()));
        tree.put("more", differences.more());
        tree.put("differences", differences.all().stream().map(PastAnswers::whole).toList());
        return tree;
    }

    private static Map<String, Object> whole(Difference difference) {
        var tree = Tree.of("path", difference.path().toString());
        difference.before().ifPresent(value -> tree.put("before", value));
        difference.after().ifPresent(value -> tree.put("after", value));
        return tree;
    }

    private static Map<String, Object> entry(HistoryPage.Entry entry) {
        var tree = revision(entry.revision());
        tree.put(
                "changes",
                entry.changes().all().stream().map(one -> one.path().toString()).toList());
        tree.put("details", details(entry.changes()));
        tree.put("more", entry.changes().more());
        tree.put("gap", entry.gap());
        tree.put("shredded", entry.revision().shredded());
        return tree;
    }

    private static Map<String, Object> revision(Revision revision) {
        var attribution = revision.attribution();
        var tree =
                Tree.of(
                        "revision", revision.number(),
                        "time", revision.time().toString(),
                        "actor", attribution.actor(),
                        "operation", revision.operation().name().toLowerCase(Locale.ROOT),
                        "uid", revision.uid(),
                        "note", attribution.note(),
                        "causes", attribution.causes());
        if (!attribution.origin().equals(Origin.NONE)) {
            tree.put("origin", attribution.origin().tree());
        }
        return tree;
    }

    static List<Object> details(Differences changes) {
        return changes.all().stream().map(one -> (Object) detail(one)).toList();
    }

    private static Map<String, Object> detail(Difference difference) {
        var tree = Tree.of("path", difference.path().toString());
        difference.before().ifPresent(value -> tree.put("before", shortened(value)));
        difference.after().ifPresent(value -> tree.put("after", shortened(value)));
        return tree;
    }

    private static Map<String, Object> chain(
            Chain chain, Kinds kinds, Predicate<ResourceKey> readable) {
        return Tree.of(
                "end", chain.end().name().toLowerCase(Locale.ROOT),
                "links", chain.links().stream().map(link -> link(link, kinds, readable)).toList());
    }

    /// What the reader may not read is a number only.
    private static Map<String, Object> link(
            Link link, Kinds kinds, Predicate<ResourceKey> readable) {
        var known = link.revision();
        if (known.isEmpty()) {
            return Tree.of("revision", link.number(), "compacted", true);
        }
        return readable.test(known.get().key())
                ? write(known.get(), kinds)
                : Tree.of("revision", link.number(), "forbidden", true);
    }

    /// A revision with the object that it is of.
    private static Map<String, Object> write(Revision revision, Kinds kinds) {
        var tree = revision(revision);
        tree.put("object", object(revision.key(), kinds.byKey(revision.key().kind())));
        return tree;
    }

    private static Map<String, Object> object(ResourceKey key, Optional<Kind> kind) {
        return Tree.of(
                "group", key.group(),
                "plural", key.plural(),
                "kind", kind.map(one -> one.names().kind()).orElse(key.plural()),
                "namespace", key.namespace(),
                "name", key.name());
    }

    /// A value as one short text.
    private static String shortened(Object value) {
        var text = value instanceof String string ? string : Json.text(value);
        return text.length() <= MAX_VALUE ? text : text.substring(0, MAX_VALUE) + "…";
    }
}
