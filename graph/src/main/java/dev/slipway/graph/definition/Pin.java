package dev.slipway.graph.definition;

import dev.slipway.graph.compile.Definition;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.store.State;
import dev.slipway.kernel.store.StoredObject;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/// The wish of an instance to be made as an earlier revision of its definition says.
///
/// @param written the number of the revision, as somebody wrote it; empty: the newest
public record Pin(String written) {
    /// On instances: the number of the revision.
    public static final String ANNOTATION = "slipway.dev/graph-revision";

    /// Of an instance that is made as its definition says now.
    public static final Pin NONE = new Pin("");

    private static final byte[] MARK = ANNOTATION.getBytes(StandardCharsets.US_ASCII);

    /// What an instance says.
    public static Pin of(Resource instance) {
        return instance.annotation(ANNOTATION).map(String::strip).map(Pin::new).orElse(NONE);
    }

    /// Whether the newest revision counts.
    public boolean isNone() {
        return written.isEmpty();
    }

    /// The number that is meant; empty where it is none.
    public OptionalLong number() {
        return written.matches("[1-9][0-9]{0,17}")
                ? OptionalLong.of(Long.parseLong(written))
                : OptionalLong.empty();
    }

    /// The definition as the revision has it; empty where there is no such revision. Whose rights count is said by the
    /// definition as it is now: a pin must bring back none that were taken away.
    public Optional<Definition> of(Definition definition, State state) {
        if (isNone()) {
            return Optional.of(definition);
        }
        return state.list(Revision.KIND).stream()
                .filter(stored -> stored.field("spec.revision").equals(written))
                .map(StoredObject::resource)
                .filter(revision ->
                        definition.name().equals(Json.at(revision.spec(), "snapshot", "name")))
                .findFirst()
                .map(revision -> asOf(definition, revision));
    }

    private static Definition asOf(Definition definition, Resource revision) {
        var spec = Json.copy(new Revision(revision).spec());
        spec.remove("serviceAccount");
        if (!definition.writtenServiceAccount().isEmpty()) {
            spec.put("serviceAccount", definition.writtenServiceAccount());
        }
        var tree = Json.copy(definition.resource().tree());
        tree.put("spec", spec);
        return new Definition(new Resource(tree));
    }

    /// What is the matter where there is no such revision.
    public String missing(Definition definition) {
        return "there is no revision %s of %s, which the annotation %s names: kubectl get graphrevisions lists those that are kept"
                .formatted(written, definition.name(), ANNOTATION);
    }

    /// All pins of the instances of a kind, as they were written.
    public static Set<String> all(State state, KindKey instances) {
        return state.list(instances).stream()
                .filter(Pin::mentions)
                .map(stored -> of(stored.resource()).written())
                .collect(Collectors.toSet());
    }

    /// A look at the bytes spares parsing what has no pin.
    private static boolean mentions(StoredObject stored) {
        var body = stored.body();
        for (int i = 0; i + MARK.length <= body.length; i++) {
            if (body[i] == MARK[0]
                    && Arrays.equals(body, i, i + MARK.length, MARK, 0, MARK.length)) {
                return true;
            }
        }
        return false;
    }
}
