package dev.slipway.bench.row;

import dev.slipway.bench.http.Access;
import dev.slipway.bench.http.Request;
import dev.slipway.bench.lab.Lab;
import dev.slipway.bench.lab.Workspace;
import dev.slipway.kernel.model.Json;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// The operations that clients of a Kubernetes API do most, on ConfigMaps of 1 KiB.
final class Operations {
    /// How many ConfigMaps a list of many has.
    static final int MANY = 10_000;

    private static final int BYTES = 1024;
    private static final int OBJECTS = 1_000;
    private static final int PAGE = 500;
    private static final int MAX_PAGES = 200;
    private static final String HERE = "-load";
    private static final String LISTED = "-list";
    private static final String MERGE = "application/merge-patch+json";
    private static final String APPLY = "application/apply-patch+yaml";
    private static final String AS = "?fieldManager=slipway-bench";

    private Operations() {}

    static List<Request> creates(Workspace place, String name, int count) throws IOException {
        var requests = new ArrayList<Request>(count);
        for (int i = 0; i < count; i++) {
            requests.add(place.create(HERE, "create-" + name + "-" + i, i, BYTES));
        }
        return requests;
    }

    static List<Request> gets(Workspace place, int round, int count) throws IOException {
        return getsAs(place, place.api(), count);
    }

    /// The same as another user.
    static List<Request> getsAs(Workspace place, Access access, int count) throws IOException {
        var maps = there(place, "get");
        return repeated(count, i -> access.get(maps + "/get-" + i % OBJECTS));
    }

    static List<Request> mergePatches(Workspace place, int round, int count) throws IOException {
        var maps = there(place, "patch");
        return repeated(
                count,
                i ->
                        place.api()
                                .request(
                                        "PATCH",
                                        maps + "/patch-" + i % OBJECTS + AS,
                                        MERGE,
                                        bytes("{\"data\":{\"n\":\"%d-%d\"}}".formatted(round, i)),
                                        200));
    }

    static List<Request> applyCreates(Workspace place, int round, int count) throws IOException {
        return applies(place, "apply-" + round, count, 201);
    }

    /// Applies what is there already, just as it is.
    static List<Request> applyAgains(Workspace place, int round, int count) throws IOException {
        var name = "again-" + round;
        place.all(applies(place, name, Math.min(count, OBJECTS), 201));
        var again = applies(place, name, Math.min(count, OBJECTS), 200);
        return repeated(count, i -> again.get(i % again.size()));
    }

    static List<Request> deletes(Workspace place, int round, int count) throws IOException {
        var name = "delete-" + round;
        place.fill(HERE, name, count, BYTES);
        var maps = place.maps(HERE);
        return repeated(
                count,
                i ->
                        place.api()
                                .request(
                                        "DELETE",
                                        maps + "/" + name + "-" + i,
                                        "application/json",
                                        bytes("{}"),
                                        200));
    }

    /// @param many how many there are
    static Operation listOfMany(int many) {
        return (place, round, count) -> {
            place.fill(LISTED, "listed", many, BYTES);
            var list = place.api().get(place.maps(LISTED));
            return repeated(count, _ -> list);
        };
    }

    /// Pages from all over a namespace, from the first to the last.
    static List<Request> pages(Workspace place, int round, int count) throws IOException {
        var pages = new ArrayList<Request>();
        var path = place.maps(Lab.FULL) + "?limit=" + PAGE;
        for (var next = path; pages.size() < MAX_PAGES && !next.isEmpty(); ) {
            pages.add(place.api().get(next));
            next = following(path, place.once(pages.getLast()));
        }
        return repeated(count, i -> pages.get(i % pages.size()));
    }

    /// A hundredth of a namespace, by a label.
    static List<Request> labelled(Workspace place, int round, int count) throws IOException {
        var path = place.maps(Lab.FULL) + "?labelSelector=team%3Dteam-";
        return repeated(count, i -> place.api().get(path + i % 100));
    }

    private static String following(String path, byte[] page) {
        var token = Json.string(Json.object(Json.readObject(page), "metadata"), "continue");
        return token.isEmpty()
                ? ""
                : path + "&continue=" + URLEncoder.encode(token, StandardCharsets.US_ASCII);
    }

    private static List<Request> applies(Workspace place, String name, int count, int expected)
            throws IOException {
        var maps = place.maps(HERE);
        return repeated(
                count,
                i ->
                        place.api()
                                .request(
                                        "PATCH",
                                        maps + "/" + name + "-" + i + AS,
                                        APPLY,
                                        place.document(name + "-" + i, i, BYTES),
                                        expected));
    }

    /// The path of ConfigMaps of which there are a thousand of this name.
    private static String there(Workspace place, String name) throws IOException {
        place.fill(HERE, name, OBJECTS, BYTES);
        return place.maps(HERE);
    }

    private static List<Request> repeated(int count, IntFunction<Request> request) {
        return IntStream.range(0, count).mapToObj(request).toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
