package dev.slipway.graph.instance;

import dev.slipway.kernel.kind.Kind;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.store.StoredObject;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.Map;

/// What was last applied to each resource and what it became by that, so that it is not applied again in vain.
///
/// Nothing hangs on it but time: what is not remembered, or was changed by anybody since, is applied. Safe to use from
/// any thread.
final class Applied {
    /// How many resources are remembered; the least used give way.
    static final int MAX_REMEMBERED = 100_000;

    /// The sum of a configuration.
    record Digest(long high, long low) {
        static Digest of(Map<String, Object> configuration) {
            try {
                var sum =
                        ByteBuffer.wrap(
                                MessageDigest.getInstance("SHA-256")
                                        .digest(Json.write(configuration)));
                return new Digest(sum.getLong(), sum.getLong());
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java has SHA-256", e);
            }
        }
    }

    /// What a configuration made of a resource, under the schema that its kind had.
    private record Trace(Digest configuration, Kind kind, String revision) {}

    private final Map<ResourceKey, Trace> entries =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<ResourceKey, Trace> eldest) {
                    return size() > MAX_REMEMBERED;
                }
            };

    /// Whether a resource is still what this configuration made of it. Kinds are values that are made anew when they
    /// change: identity tells.
    @SuppressWarnings("ReferenceEquality")
    synchronized boolean isSo(StoredObject live, Kind kind, Digest configuration) {
        var entry = entries.get(live.key());
        return entry != null
                && entry.kind() == kind
                && entry.configuration().equals(configuration)
                && entry.revision().equals(Long.toString(live.revision()));
    }

    synchronized void put(ResourceKey key, Kind kind, Digest configuration, String revision) {
        entries.put(key, new Trace(configuration, kind, revision));
    }
}
