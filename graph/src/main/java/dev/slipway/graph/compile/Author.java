package dev.slipway.graph.compile;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.MalformedException;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.User;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Who last said what a definition says, noted on it: the rights of that user bound what its instances make.
public final class Author {
    /// On definitions: name and groups of the author. Nobody but the engine writes it.
    public static final String ANNOTATION = "slipway.dev/author";

    private Author() {}

    /// Notes the author of a definition, whose tree is changed; or, where there is none, what was noted before.
    public static Resource noted(
            Resource definition, Optional<User> author, Optional<Resource> before) {
        var note =
                author.map(Author::text)
                        .or(() -> before.flatMap(old -> old.annotation(ANNOTATION)));
        if (note.equals(definition.annotation(ANNOTATION))) {
            return definition;
        }
        var annotations = Json.child(Json.child(definition.tree(), "metadata"), "annotations");
        note.ifPresentOrElse(
                text -> annotations.put(ANNOTATION, text), () -> annotations.remove(ANNOTATION));
        return definition;
    }

    private static String text(User author) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", author.name());
        tree.put("groups", List.copyOf(author.groups()));
        return Json.text(tree);
    }

    /// The author of a definition; empty where the platform itself wrote it, or it is from before authors were noted.
    static Optional<User> of(Resource definition) {
        return definition.annotation(ANNOTATION).flatMap(Author::read);
    }

    /// The name of a definition's author; empty where none is noted.
    public static Optional<String> name(Resource definition) {
        return of(definition).map(User::name);
    }

    private static Optional<User> read(String text) {
        try {
            var tree = Json.readObject(text.getBytes(StandardCharsets.UTF_8));
            var groups = Json.list(tree, "groups").stream().map(String::valueOf).toList();
            return Optional.of(User.of(Json.string(tree, "name"), groups));
        } catch (MalformedException e) {
            throw new IllegalStateException(
                    "the annotation " + ANNOTATION + " cannot be read: " + text, e);
        }
    }
}
