package dev.slipway.portal.reading;

import dev.slipway.client.ApiClient;
import dev.slipway.client.ApiClient.Call;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// Things of one kind as the API prints them: columns of the kind's own choice, and the object of each row.
///
/// @param revision the revision that the list is as of
/// @param more how many there are beyond these rows, where the API says so or at least one follows
public record Listing(List<Column> columns, List<Row> rows, String revision, long more) {
    /// How many rows are read at most; a longer list says so.
    public static final int MAX_ROWS = 5_000;

    private static final int CHUNK = 500;
    private static final String TABLE =
            "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";

    /// One column, as a kind's printer columns define it.
    ///
    /// @param priority 0 for those that are always shown
    public record Column(String name, String type, String description, long priority) {
        public boolean numeric() {
            return type.equals("integer") || type.equals("number");
        }

        /// Whether it holds the name, which every row has anyway.
        public boolean isName() {
            return name.equalsIgnoreCase("name");
        }

        /// Whether it holds how long ago the thing was made, which the object says more exactly.
        public boolean isAge() {
            return name.equalsIgnoreCase("age");
        }
    }

    /// One thing with its cells in the order of the columns.
    public record Row(Resource object, List<String> cells) {
        public Row {
            cells = List.copyOf(cells);
        }
    }

    public Listing {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /// Reads a collection, at most `limit` rows of it.
    public static Listing read(ApiClient client, String collection, int limit) {
        var rows = new ArrayList<Row>();
        var next = Optional.<String>empty();
        while (true) {
            var chunk = chunk(client, collection, Math.min(CHUNK, limit - rows.size()), next);
            rows.addAll(rows(chunk));
            var metadata = Json.object(chunk, "metadata");
            next = Optional.of(Json.string(metadata, "continue")).filter(text -> !text.isEmpty());
            if (next.isEmpty() || rows.size() >= limit) {
                return new Listing(
                        columns(chunk),
                        rows,
                        Json.string(metadata, "resourceVersion"),
                        more(metadata, next.isPresent()));
            }
        }
    }

    /// Reads several collections of one kind after each other, at most `limit` rows, but at least a look at each.
    public static Listing read(ApiClient client, List<String> collections, int limit) {
        var all = read(client, collections.getFirst(), limit);
        for (var collection : collections.subList(1, collections.size())) {
            var left = Math.max(0, limit - all.rows().size());
            all = all.and(read(client, collection, Math.max(1, left)), left);
        }
        return all;
    }

    /// The same with rows of another listing, as many as there is room for.
    private Listing and(Listing other, int room) {
        var both = new ArrayList<>(rows);
        other.rows().stream().limit(room).forEach(both::add);
        return new Listing(
                rows.isEmpty() ? other.columns() : columns,
                both,
                other.revision(),
                total() + other.total() - both.size());
    }

    /// One object as a table of one row.
    public static Listing one(ApiClient client, String path) {
        var table = client.json(Call.get(path + "?includeObject=Object").header("Accept", TABLE));
        return new Listing(columns(table), rows(table), "", 0);
    }

    /// How many there are in all.
    public long total() {
        return rows.size() + more;
    }

    private static Map<String, Object> chunk(
            ApiClient client, String collection, int limit, Optional<String> next) {
        var target =
                collection
                        + "?includeObject=Object&limit="
                        + limit
                        + next.map(token -> "&continue=" + Addresses.encode(token)).orElse("");
        return client.json(Call.get(target).header("Accept", TABLE));
    }

    private static List<Column> columns(Map<String, Object> table) {
        var definitions = Trees.objects(Json.list(table, "columnDefinitions"));
        return IntStream.range(0, definitions.size())
                .mapToObj(i -> column(definitions.get(i), holdsNumbers(table, i)))
                .toList();
    }

    private static Column column(Map<String, Object> definition, boolean numbers) {
        return new Column(
                Json.string(definition, "name"),
                numbers ? "integer" : Json.string(definition, "type"),
                Json.string(definition, "description"),
                definition.get("priority") instanceof Long priority ? priority : 0);
    }

    /// Whether a column has nothing but whole numbers, whatever its definition says: some count in columns of texts.
    private static boolean holdsNumbers(Map<String, Object> table, int column) {
        var rows = Trees.objects(Json.list(table, "rows"));
        return !rows.isEmpty()
                && rows.stream()
                        .map(row -> Json.list(row, "cells"))
                        .allMatch(cells ->
                                cells.size() > column && cells.get(column) instanceof Long);
    }

    private static List<Row> rows(Map<String, Object> table) {
        return Trees.objects(Json.list(table, "rows")).stream()
                .map(row ->
                        new Row(
                                new Resource(Json.object(row, "object")),
                                cells(Json.list(row, "cells"))))
                .toList();
    }

    private static List<String> cells(List<Object> cells) {
        var texts = new ArrayList<String>();
        for (var cell : cells) {
            texts.add(Trees.scalar(cell));
        }
        return texts;
    }

    private static long more(Map<String, Object> metadata, boolean follows) {
        return metadata.get("remainingItemCount") instanceof Long count ? count : follows ? 1 : 0;
    }
}
