package dev.slipway.apiserver.read;

import dev.slipway.apiserver.wire.JsonSyntax;
import dev.slipway.apiserver.wire.Tree;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.MalformedException;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.ResourceKey;
import java.util.Base64;

/// Where the next page of a list begins.
///
/// @param revision of the list's first page; [#NEWEST] when that is gone and the newest will do
/// @param namespace of the last item that was sent
/// @param name of the last item that was sent
record ContinueToken(long revision, String namespace, String name) {
    static final long NEWEST = -1;

    private static final String FORMAT = "slipway.dev/v1";

    static ContinueToken after(ResourceKey last, long revision) {
        return new ContinueToken(revision, last.namespace(), last.name());
    }

    static ContinueToken parse(String text) {
        var bytes = decoded(text);
        try {
            var tree = Json.readObject(bytes);
            if (Json.string(tree, "v").equals(FORMAT)
                    && tree.get("rv") instanceof Long revision
                    && (revision > 0 || revision == NEWEST)) {
                return new ContinueToken(
                        revision, Json.string(tree, "namespace"), Json.string(tree, "name"));
            }
        } catch (MalformedException e) {
            throw invalid(JsonSyntax.problem(bytes, String.valueOf(e.getMessage())));
        }
        throw invalid("unknown format");
    }

    private static byte[] decoded(String text) {
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw invalid(String.valueOf(e.getMessage()));
        }
    }

    ContinueToken atNewest() {
        return new ContinueToken(NEWEST, namespace, name);
    }

    /// The state that the list goes on in.
    Wanted wanted() {
        return revision == NEWEST ? new Wanted.Newest() : new Wanted.Exactly(revision);
    }

    /// Whether an item was already sent.
    boolean isPast(ResourceKey key) {
        var order = key.namespace().compareTo(namespace);
        return order < 0 || (order == 0 && key.name().compareTo(name) <= 0);
    }

    String text() {
        var tree = Tree.of("v", FORMAT, "rv", revision, "namespace", namespace, "name", name);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Json.write(tree));
    }

    private static RuntimeException invalid(String why) {
        return Problem.badRequest("invalid continue token: continue key is not valid: " + why)
                .exception();
    }
}
