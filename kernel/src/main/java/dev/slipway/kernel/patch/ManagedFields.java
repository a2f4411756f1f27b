package dev.slipway.kernel.patch;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.MalformedException;
import dev.slipway.kernel.model.Resource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Who owns which fields of an object: `metadata.managedFields`, one entry per manager.
///
/// Immutable. A manager has one entry per version and subresource when it updates, and one per subresource when it
/// applies, whatever the version.
public final class ManagedFields {
    /// Nobody owns anything.
    public static final ManagedFields EMPTY = new ManagedFields(Map.of());

    /// How many entries of managers that update an object may have; the oldest are merged beyond that.
    public static final int MAX_UPDATE_ENTRIES = 10;

    /// The manager that the oldest entries are merged into.
    static final String ANCIENT_CHANGES = "ancient-changes";

    private static final String FIELD = "managedFields";
    private static final String FIELDS_V1 = "FieldsV1";

    private static final Set<String> OPERATIONS = Set.of(Manager.APPLY, Manager.UPDATE);

    private static final Comparator<Entry> ORDER =
            Comparator.<Entry, String>comparing(entry -> entry.manager().operation())
                    .thenComparing(Entry::time)
                    .thenComparing(entry -> entry.manager().name())
                    .thenComparing(entry -> entry.manager().apiVersion())
                    .thenComparing(entry -> entry.manager().subresource());

    /// By their owners.
    private final Map<Manager, Entry> entries;

    /// What one manager owns.
    ///
    /// @param time when it last changed something, in RFC 3339 to the second; empty where it never did
    /// @param fields never empty in a list
    public record Entry(Manager manager, String time, FieldSet fields) {
        Entry with(FieldSet other) {
            return new Entry(manager, time, other);
        }
    }

    private ManagedFields(Map<Manager, Entry> entries) {
        this.entries = entries;
    }

    /// Those of an object; empty too where they cannot be read.
    public static ManagedFields of(Resource object) {
        return read(raw(object)).orElse(EMPTY);
    }

    /// Reads a list as it stands in metadata; empty where it is none.
    static Optional<ManagedFields> read(List<Object> list) {
        try {
            Map<Manager, Entry> entries = new LinkedHashMap<>();
            for (var item : list) {
                var entry = entry(item);
                entries.put(owner(entry.manager()), entry);
            }
            return Optional.of(new ManagedFields(entries));
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }

    /// The list as it stands in an object's metadata.
    static List<Object> raw(Resource object) {
        return Json.list(object.metadata(), FIELD);
    }

    /// Whether a manager is on record for exactly these fields, in its version; reads no entry.
    static boolean records(List<Object> list, Manager manager, FieldSet fields) {
        return list.stream()
                .filter(Map.class::isInstance)
                .map(item -> Json.cast((Map<?, ?>) item))
                .filter(entry -> isBy(entry, manager))
                .anyMatch(entry -> fields.isWrittenAs(Json.object(entry, "fieldsV1")));
    }

    /// The object without them.
    static Resource strip(Resource object) {
        if (!object.metadata().containsKey(FIELD)) {
            return object;
        }
        var metadata = new LinkedHashMap<>(object.metadata());
        metadata.remove(FIELD);
        return with(object, metadata);
    }

    /// An object with these instead of its own.
    Resource in(Resource object) {
        return in(object, write());
    }

    /// An object with this list instead of its own; itself where that is the same.
    static Resource in(Resource object, List<Object> list) {
        if (Trees.equal(list, raw(object))
                && object.metadata().containsKey(FIELD) != list.isEmpty()) {
            return object;
        }
        var metadata = new LinkedHashMap<>(object.metadata());
        metadata.remove(FIELD);
        if (!list.isEmpty()) {
            metadata.put(FIELD, list);
        }
        return with(object, metadata);
    }

    /// The entries in the order in which they are written.
    public List<Entry> entries() {
        return entries.size() <= 1
                ? List.copyOf(entries.values())
                : entries.values().stream().sorted(ORDER).toList();
    }

    public boolean isEmpty() {
        return entries.isEmpty();
    }

    /// The entry of a manager.
    public Optional<Entry> entry(Manager manager) {
        return Optional.ofNullable(entries.get(owner(manager)));
    }

    /// The entries of all other managers.
    public Collection<Entry> others(Manager manager) {
        var others = new LinkedHashMap<>(entries);
        others.remove(owner(manager));
        return others.values();
    }

    /// As text that is the same for the same owner: what conflicts are sorted by.
    static String identity(Manager manager) {
        Map<String, Object> identity = new LinkedHashMap<>();
        put(identity, "manager", manager.name());
        put(identity, "operation", manager.operation());
        put(identity, "apiVersion", owner(manager).apiVersion());
        put(identity, "subresource", manager.subresource());
        return Json.text(identity);
    }

    /// A copy with this entry, or without the manager's where it owns nothing.
    ManagedFields with(Entry entry) {
        var copy = new LinkedHashMap<>(entries);
        copy.remove(owner(entry.manager()));
        if (!entry.fields().isEmpty()) {
            copy.put(owner(entry.manager()), entry);
        }
        return new ManagedFields(copy);
    }

    /// A copy with these entries, without those of them that own nothing.
    static ManagedFields of(Collection<Entry> entries) {
        var managed = new LinkedHashMap<Manager, Entry>();
        for (var entry : entries) {
            if (!entry.fields().isEmpty()) {
                managed.put(owner(entry.manager()), entry);
            }
        }
        return new ManagedFields(managed);
    }

    /// A copy in which the oldest entries of managers that update are merged, per version, until few enough remain.
    ManagedFields capped() {
        if (entries.size() <= MAX_UPDATE_ENTRIES) {
            return this;
        }
        var updates =
                entries.values().stream()
                        .filter(entry -> !entry.manager().applies())
                        .sorted(
                                Comparator.comparing(Entry::time)
                                        .thenComparing(entry -> identity(entry.manager())))
                        .toList();
        return updates.size() <= MAX_UPDATE_ENTRIES ? this : capped(updates);
    }

    private ManagedFields capped(List<Entry> oldestFirst) {
        var left = new LinkedHashMap<>(entries);
        var excess = oldestFirst.size() - MAX_UPDATE_ENTRIES;
        Map<String, Entry> oldest = new LinkedHashMap<>();
        for (var entry : oldestFirst) {
            if (left.size() > entries.size() - excess) {
                oldest.merge(
                        entry.manager().apiVersion(),
                        entry,
                        (older, newer) -> merge(left, older, newer));
            }
        }
        return new ManagedFields(left);
    }

    /// Puts one entry for both in their place, into which an earlier one of its name goes too.
    private static Entry merge(Map<Manager, Entry> left, Entry older, Entry newer) {
        if (older.manager().equals(newer.manager())) {
            return older;
        }
        left.remove(owner(older.manager()));
        left.remove(owner(newer.manager()));
        var manager =
                new Manager(ANCIENT_CHANGES, Manager.UPDATE, newer.manager().apiVersion(), "");
        var known = left.remove(owner(manager));
        var fields = older.fields().union(newer.fields());
        var merged =
                new Entry(
                        manager,
                        newer.time(),
                        known == null ? fields : fields.union(known.fields()));
        left.put(owner(manager), merged);
        return merged;
    }

    /// What has one entry: a manager that applies is the same one in every version.
    private static Manager owner(Manager manager) {
        return manager.applies()
                ? new Manager(manager.name(), manager.operation(), "", manager.subresource())
                : manager;
    }

    /// As a list in metadata.
    List<Object> write() {
        var list = new ArrayList<Object>(entries.size());
        entries().forEach(entry -> list.add(write(entry)));
        return list;
    }

    private static Map<String, Object> write(Entry entry) {
        Map<String, Object> tree = new LinkedHashMap<>();
        put(tree, "manager", entry.manager().name());
        put(tree, "operation", entry.manager().operation());
        put(tree, "apiVersion", entry.manager().apiVersion());
        put(tree, "time", entry.time());
        put(tree, "fieldsType", FIELDS_V1);
        tree.put("fieldsV1", entry.fields().write());
        put(tree, "subresource", entry.manager().subresource());
        return tree;
    }

    private static Entry entry(Object item) {
        if (!(item instanceof Map<?, ?> map)) {
            throw new MalformedException("not an entry of managedFields", null);
        }
        var tree = Json.cast(map);
        if (!Json.string(tree, "fieldsType").equals(FIELDS_V1)) {
            throw new MalformedException("not FieldsV1", null);
        }
        return new Entry(
                manager(tree),
                Json.string(tree, "time"),
                FieldSet.read(Json.object(tree, "fieldsV1")));
    }

    private static Manager manager(Map<String, Object> tree) {
        var operation = Json.string(tree, "operation");
        var apiVersion = Json.string(tree, "apiVersion");
        if (!OPERATIONS.contains(operation) || apiVersion.isEmpty()) {
            throw new MalformedException("not a manager", null);
        }
        return new Manager(
                Json.string(tree, "manager"),
                operation,
                apiVersion,
                Json.string(tree, "subresource"));
    }

    private static boolean isBy(Map<String, Object> tree, Manager manager) {
        return Json.string(tree, "manager").equals(manager.name())
                && Json.string(tree, "operation").equals(manager.operation())
                && Json.string(tree, "subresource").equals(manager.subresource())
                && Json.string(tree, "apiVersion").equals(manager.apiVersion())
                && Json.string(tree, "fieldsType").equals(FIELDS_V1);
    }

    private static Resource with(Resource object, Map<String, Object> metadata) {
        var tree = new LinkedHashMap<>(object.tree());
        tree.put("metadata", metadata);
        return new Resource(tree);
    }

    private static void put(Map<String, Object> tree, String key, String value) {
        if (!value.isEmpty()) {
            tree.put(key, value);
        }
    }
}
