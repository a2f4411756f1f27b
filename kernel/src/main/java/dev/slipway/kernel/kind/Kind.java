package dev.slipway.kernel.kind;

import dev.slipway.kernel.model.KindKey;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// A type of resource: its names, versions and the rules that its objects keep.
///
/// @param group empty for the Kubernetes core group
/// @param aliases further served names of the same storage (`ResourceGraph` for `ResourceGraphDefinition`)
public record Kind(
        String group,
        Names names,
        boolean namespaced,
        List<KindVersion> versions,
        List<Names> aliases,
        Rules rules) {
    /// What a kind's objects may be called.
    public enum NameRule {
        /// An RFC 1123 subdomain: most kinds.
        SUBDOMAIN,
        /// An RFC 1123 label: namespaces, and services, whose names had to begin with a letter in older releases.
        LABEL,
        /// Anything that can stand in a path: RBAC and catalog kinds.
        PATH_SEGMENT
    }

    /// What sets a kind apart in the machinery.
    ///
    /// @param builtIn part of the product, not of a CRD: strategic merge patches work, list items carry no kind
    /// @param generation whether `metadata.generation` counts changes outside metadata and status
    /// @param unconditionalUpdate whether a PUT needs no resourceVersion
    /// @param createOnUpdate whether a PUT of an absent name creates it
    public record Rules(
            boolean builtIn,
            boolean generation,
            boolean unconditionalUpdate,
            boolean createOnUpdate,
            NameRule name) {
        /// As for the kinds of CRDs.
        public static final Rules CUSTOM = new Rules(false, true, false, false, NameRule.SUBDOMAIN);

        /// As for the product's own kinds: like custom ones, but part of the product.
        public static final Rules PRODUCT = new Rules(false, true, true, false, NameRule.SUBDOMAIN);
    }

    public Kind {
        Objects.requireNonNull(group);
        Objects.requireNonNull(names);
        Objects.requireNonNull(rules);
        versions = List.copyOf(versions);
        aliases = List.copyOf(aliases);
        if (versions.stream().filter(KindVersion::storage).count() != 1) {
            throw new IllegalArgumentException(
                    "exactly one stored version: " + names.plural() + "." + group);
        }
    }

    /// Whether it comes from a CRD, and not with the product.
    public boolean isCustom() {
        return rules.equals(Rules.CUSTOM);
    }

    /// Whether a plural is its own or one of its aliases'.
    public boolean answersTo(String plural) {
        return allNames().anyMatch(one -> one.plural().equals(plural));
    }

    /// Whether a kind's name is its own or one of its aliases'.
    public boolean isCalled(String kind) {
        return allNames().anyMatch(one -> one.kind().equals(kind));
    }

    /// Its own names, then its aliases'.
    public Stream<Names> allNames() {
        return Stream.concat(Stream.of(names), aliases.stream());
    }

    /// Where its objects are stored in the platform's own cluster.
    public KindKey key() {
        return KindKey.of(group, names.plural());
    }

    public Optional<KindVersion> version(String name) {
        return versions.stream().filter(version -> version.name().equals(name)).findFirst();
    }

    /// The version with a name in one of the groups that the kind is served in.
    public Optional<KindVersion> version(String group, String name) {
        return versions.stream()
                .filter(version -> version.name().equals(name) && group(version).equals(group))
                .findFirst();
    }

    /// The version that objects are stored in.
    public KindVersion storage() {
        return versions.stream().filter(KindVersion::storage).findFirst().orElseThrow();
    }

    /// The group in which a version is served.
    public String group(KindVersion version) {
        return version.otherGroup().orElse(group);
    }

    /// `apps/v1`, or `v1` for the core group.
    public String apiVersion(KindVersion version) {
        var in = group(version);
        return in.isEmpty() ? version.name() : in + "/" + version.name();
    }

    /// `apps/v1` of the stored version.
    public String apiVersion() {
        return apiVersion(storage());
    }
}
