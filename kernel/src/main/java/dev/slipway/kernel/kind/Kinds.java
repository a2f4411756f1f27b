package dev.slipway.kernel.kind;

import dev.slipway.kernel.model.KindKey;
import java.util.Collection;
import java.util.Optional;

/// Every kind that is served at one moment: an immutable value.
public interface Kinds {
    /// A kind as it is reached by one path: the version asked for, under the names asked for.
    ///
    /// @param names those of the kind, or of one of its aliases
    record Served(Kind kind, KindVersion version, Names names) {
        /// A kind as it is stored: in its stored version, under its own names.
        public static Served stored(Kind kind) {
            return new Served(kind, kind.storage(), kind.names());
        }

        /// The group in which it is reached.
        public String group() {
            return kind.group(version);
        }

        /// `apps/v1`, or `v1`.
        public String apiVersion() {
            return kind.apiVersion(version);
        }
    }

    /// The kind behind `/apis/GROUP/VERSION/PLURAL`; empty where it is not served.
    Optional<Served> byPlural(String group, String version, String plural);

    /// The kind that objects of this `apiVersion` and `kind` are of.
    Optional<Served> byKind(String apiVersion, String kind);

    /// The kind with this name in a group, whatever version; `kind` is exact.
    Optional<Kind> byGroupKind(String group, String kind);

    /// The kind that is stored under this key, whatever its aliases.
    Optional<Kind> byKey(KindKey key);

    /// All kinds, by group and plural.
    Collection<Kind> all();

    /// Changes whenever the kinds do: discovery's and OpenAPI's caches hang on it.
    long generation();
}
