package dev.slipway.kernel.store;

import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.ResourceKey;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Short words for commits in tests.
final class Changes {
    static final KindKey SERVICES = KindKey.of("", "services");
    static final KindKey COMPONENTS = KindKey.of("backstage.io", "components");

    private Changes() {}

    static ResourceKey service(String name) {
        return SERVICES.resource("default", name);
    }

    static Change creation(ResourceKey key, String text) {
        return new Change(key, Operation.CREATE, "uid-" + key.name(), body(key, text));
    }

    static Change update(ResourceKey key, String text) {
        return new Change(key, Operation.UPDATE, "uid-" + key.name(), body(key, text));
    }

    static Change deletion(ResourceKey key, String text) {
        return new Change(key, Operation.DELETE, "uid-" + key.name(), body(key, text));
    }

    /// Of a resource whose content is sealed; a deletion has none.
    static Change secret(Operation operation, ResourceKey key, String uid, String text) {
        return new Change(key, operation, uid, body(key, text), true);
    }

    static Commit commit(Change... changes) {
        return new Commit(List.of(changes), List.of(), Attribution.of("ann"));
    }

    static Commit commitIf(Change change, Precondition... preconditions) {
        return Commit.of(change, List.of(preconditions), Attribution.of("ann"));
    }

    static byte[] body(ResourceKey key, String text) {
        return "{\"apiVersion\":\"v1\",\"kind\":\"Thing\",\"metadata\":{\"name\":\"%s\"},\"text\":\"%s\"}"
                .formatted(key.name(), text)
                .getBytes(StandardCharsets.UTF_8);
    }
}
