package dev.slipway.kernel.patch;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.MalformedException;
import dev.slipway.kernel.model.Resource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The annotation in which kubectl's older apply, on the client, keeps what it applied last.
///
/// Objects made that way pass to server-side apply without conflicts over what kubectl itself had set.
final class LastApplied {
    /// The managers that go by this annotation.
    static final Set<String> MANAGERS = Set.of("kubectl", Succession.HEIR);

    /// How long the annotation may be, in characters; a longer one is left empty.
    static final int MAX_LENGTH = 256 * 1024;

    static final String ANNOTATION = "kubectl.kubernetes.io/last-applied-configuration";

    private LastApplied() {}

    /// Whether this manager's applies to the object look at the annotation.
    static boolean concerns(Manager manager, Resource live) {
        return MANAGERS.contains(manager.name()) && live.annotation(ANNOTATION).isPresent();
    }

    /// The fields that the annotation holds with their live values: kubectl's own, whoever is on record for them.
    static FieldSet fields(Shape shape, Resource live) {
        return document(live)
                .filter(document -> document.apiVersion().equals(live.apiVersion()))
                .map(document -> unchanged(shape, document, live))
                .orElse(FieldSet.EMPTY);
    }

    /// The object with the annotation brought up to date.
    static Resource updated(Resource object, Resource configuration) {
        var text = Json.text(sorted(withoutAnnotation(configuration).tree())) + "\n";
        var annotations = new LinkedHashMap<>(object.annotations());
        annotations.put(ANNOTATION, text.length() > MAX_LENGTH ? "" : text);
        return annotated(object, annotations);
    }

    private static FieldSet unchanged(Shape shape, Resource document, Resource live) {
        var difference = Comparison.of(shape, document.tree(), live.tree());
        return Owned.of(shape, document.tree())
                .difference(difference.taken())
                .difference(difference.removed());
    }

    private static Optional<Resource> document(Resource live) {
        try {
            return live.annotation(ANNOTATION).map(Json::readObject).map(Resource::new);
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }

    private static Resource withoutAnnotation(Resource configuration) {
        if (configuration.annotation(ANNOTATION).isEmpty()) {
            return configuration;
        }
        var annotations = new LinkedHashMap<>(configuration.annotations());
        annotations.remove(ANNOTATION);
        return annotated(configuration, annotations);
    }

    private static Resource annotated(Resource object, Map<String, Object> annotations) {
        var metadata = new LinkedHashMap<>(object.metadata());
        metadata.put("annotations", annotations);
        var tree = new LinkedHashMap<>(object.tree());
        tree.put("metadata", metadata);
        return new Resource(tree);
    }

    private static @Nullable Object sorted(@Nullable Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                Map<String, Object> sorted = new TreeMap<>();
                Json.cast(map).forEach((key, child) -> Json.put(sorted, key, sorted(child)));
                yield sorted;
            }
            case List<?> list -> {
                var sorted = new ArrayList<@Nullable Object>(list.size());
                list.forEach(item -> sorted.add(sorted(item)));
                yield sorted;
            }
            case null, default -> value;
        };
    }
}
