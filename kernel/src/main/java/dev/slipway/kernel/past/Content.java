package dev.slipway.kernel.past;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.store.Revision;
import java.util.List;
import java.util.Map;

/// What a revision says of its object, without the bookkeeping that changes at every write.
public final class Content {
    private static final List<String> BOOKKEEPING =
            List.of("managedFields", "generation", "resourceVersion");

    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    private Content() {}

    /// The object's tree, which is nobody else's.
    static Map<String, Object> of(Revision revision) {
        return of(Json.readObject(revision.body()));
    }

    /// Takes the bookkeeping out of a tree, which is changed and returned.
    public static Map<String, Object> of(Map<String, Object> tree) {
        var metadata = Json.child(tree, "metadata");
        metadata.keySet().removeAll(BOOKKEEPING);
        if (metadata.get("annotations") instanceof Map<?, ?> annotations
                && annotations.remove(LAST_APPLIED) != null
                && annotations.isEmpty()) {
            metadata.remove("annotations");
        }
        return tree;
    }
}
