package dev.slipway.apiserver.openapi;

import dev.slipway.apiserver.wire.Answers;
import dev.slipway.apiserver.wire.Etags;
import dev.slipway.apiserver.wire.MediaRange;
import dev.slipway.apiserver.wire.Representation;
import dev.slipway.apiserver.wire.Tree;
import dev.slipway.client.web.WebRequest;
import dev.slipway.client.web.WebResponse;
import dev.slipway.kernel.kind.Kind;
import dev.slipway.kernel.kind.Kinds;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.schema.Components;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Answers `/openapi/v3`: an index of documents with their hashes, and one document for each group and version; and
/// `/openapi/v2`: all of them as one, as JSON or protobuf.
///
/// Documents are made when they are asked for, and kept while the kinds stay the same. Thread-safe.
public final class OpenApi {
    /// A document's place: `api/v1`, `apis/apps/v1`.
    private record Place(String group, String version) {
        String path() {
            return group.isEmpty() ? "api/" + version : "apis/" + group + "/" + version;
        }
    }

    /// The documents of the kinds of one generation.
    private record Cached(
            long generation, Map<String, GroupVersion> places, Map<String, Document> documents) {}

    private record Document(byte[] body, String hash) {
        static Document of(byte[] body) {
            return new Document(body, Etags.hash(body));
        }
    }

    private static final String V2 = "v2";
    private static final String V2_MESSAGE = "v2 message";

    /// How clients ask for the binary form of v2, and how it is called in answers.
    private static final List<String> BINARY =
            List.of(
                    "application/com.github.proto-openapi.spec.v2.v1.0+protobuf",
                    "application/com.github.proto-openapi.spec.v2@v1.0+protobuf");

    private static final List<String> TEXTUAL = List.of("application/json", "application/*", "*/*");

    private final Supplier<Kinds> kinds;
    private final List<Kind> posted;
    private final String release;

    /// Shared by documents that are made one after the other, and else nobody's.
    private volatile WeakReference<@Nullable Components> loaded = new WeakReference<>(null);

    private volatile Cached cached = new Cached(Long.MIN_VALUE, Map.of(), Map.of());

    /// @param posted kinds whose objects are answered when they are posted, and never stored
    /// @param release stands for the schemas of the kinds that are part of the product
    public OpenApi(Supplier<Kinds> kinds, List<Kind> posted, String release) {
        this.kinds = kinds;
        this.posted = List.copyOf(posted);
        this.release = release;
    }

    /// Answers what is below `/openapi`.
    ///
    /// @param rest what follows it
    public WebResponse answer(WebRequest request, List<String> rest) {
        if (rest.equals(List.of(V2))) {
            return swagger(request);
        }
        if (rest.isEmpty() || !rest.getFirst().equals("v3")) {
            return Answers.text(404, "404 page not found");
        }
        return rest.size() == 1
                ? Answers.tree(200, index(), Representation.of(request))
                : document(request, String.join("/", rest.subList(1, rest.size())));
    }

    private Map<String, Object> index() {
        var now = current();
        var paths = Tree.of();
        now.places()
                .keySet()
                .forEach(path -> paths.put(path, Tree.of("serverRelativeURL", url(path, now))));
        return Tree.of("paths", paths);
    }

    private String url(String path, Cached now) {
        return "/openapi/v3/" + path + "?hash=" + hash(path, now);
    }

    private WebResponse document(WebRequest request, String path) {
        var now = current();
        var place = now.places().get(path);
        if (place == null) {
            return new WebResponse.Whole(404, Map.of(), new byte[0]);
        }
        var asked = request.parameter("hash");
        var hash = hash(path, now);
        if (asked.isPresent() && !asked.get().equals(hash)) {
            return new WebResponse.Whole(301, Map.of("Location", url(path, now)), new byte[0]);
        }
        var document = now.documents().computeIfAbsent(path, _ -> make(place));
        var caching =
                asked.isPresent() ? "public, immutable, max-age=31536000" : "no-cache, private";
        return Etags.answer(
                request,
                document.body(),
                hash,
                Map.of(
                        "Content-Type", "application/json",
                        "Cache-Control", caching,
                        "Vary", "Accept"));
    }

    private WebResponse swagger(WebRequest request) {
        var now = current();
        var binary = isBinary(request);
        var document =
                now.documents()
                        .computeIfAbsent(
                                binary ? V2_MESSAGE : V2,
                                _ -> {
                                    var tree =
                                            Swagger.of(
                                                    now.places().values(), components(), release);
                                    return Document.of(
                                            binary ? SwaggerMessage.of(tree) : Json.write(tree));
                                });
        return Etags.answer(
                request,
                document.body(),
                document.hash(),
                Map.of(
                        "Content-Type", binary ? BINARY.getFirst() : "application/json",
                        "Cache-Control", "no-cache, private",
                        "Vary", "Accept"));
    }

    private static boolean isBinary(WebRequest request) {
        return MediaRange.all(request.header("accept").orElse("")).stream()
                .map(MediaRange::type)
                .filter(type -> BINARY.contains(type) || TEXTUAL.contains(type))
                .findFirst()
                .filter(BINARY::contains)
                .isPresent();
    }

    /// The product's own documents change with the release only, and so need not be made to be told apart.
    private String hash(String path, Cached now) {
        var place = now.places().get(path);
        if (place != null && place.isPartOfProduct()) {
            return Etags.hash((release + " " + path).getBytes(StandardCharsets.UTF_8));
        }
        return Optional.ofNullable(place)
                .map(found -> now.documents().computeIfAbsent(path, _ -> make(found)).hash())
                .orElse("");
    }

    private Document make(GroupVersion place) {
        return Document.of(Json.write(place.document(components())));
    }

    private Components components() {
        var known = loaded.get();
        if (known == null) {
            known = Components.load();
            loaded = new WeakReference<>(known);
        }
        return known;
    }

    private Cached current() {
        var now = kinds.get();
        var known = cached;
        if (known.generation() != now.generation()) {
            known = new Cached(now.generation(), places(now, posted), new ConcurrentHashMap<>());
            cached = known;
        }
        return known;
    }

    private static Map<String, GroupVersion> places(Kinds kinds, List<Kind> posted) {
        var places = new TreeMap<String, GroupVersion>();
        kinds.all().forEach(kind -> add(places, kind, false));
        posted.forEach(kind -> add(places, kind, true));
        return places;
    }

    private static void add(Map<String, GroupVersion> places, Kind kind, boolean posted) {
        for (var version : kind.versions()) {
            if (version.served()) {
                places.merge(
                        new Place(kind.group(version), version.name()).path(),
                        GroupVersion.of(kind, version, posted),
                        GroupVersion::with);
            }
        }
    }
}
