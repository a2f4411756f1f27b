package dev.slipway.kernel.model;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One object as a tree, with names for the parts that all kinds share.
///
/// Holds the tree it was given, without a copy: whoever changes a tree makes a [#copy()] first. Safe to share
/// between threads as long as nobody does otherwise.
public record Resource(Map<String, Object> tree) {
    public Resource {
        Objects.requireNonNull(tree);
    }

    public String apiVersion() {
        return Json.string(tree, "apiVersion");
    }

    public String kind() {
        return Json.string(tree, "kind");
    }

    /// The group of [#apiVersion()], empty for the core group.
    public String group() {
        var apiVersion = apiVersion();
        return apiVersion.contains("/") ? apiVersion.substring(0, apiVersion.indexOf('/')) : "";
    }

    /// The version of [#apiVersion()].
    public String version() {
        var apiVersion = apiVersion();
        return apiVersion.substring(apiVersion.indexOf('/') + 1);
    }

    public Map<String, Object> metadata() {
        return Json.object(tree, "metadata");
    }

    public Map<String, Object> spec() {
        return Json.object(tree, "spec");
    }

    public Map<String, Object> status() {
        return Json.object(tree, "status");
    }

    public String name() {
        return Json.string(metadata(), "name");
    }

    /// The namespace, empty for cluster-scoped resources.
    public String namespace() {
        return Json.string(metadata(), "namespace");
    }

    public String uid() {
        return Json.string(metadata(), "uid");
    }

    /// The number of the revision as text, empty while it is not stored.
    public String resourceVersion() {
        return Json.string(metadata(), "resourceVersion");
    }

    /// `metadata.generation`, 0 where the kind has none.
    public long generation() {
        return metadata().get("generation") instanceof Long number ? number : 0;
    }

    public Map<String, Object> labels() {
        return Json.object(metadata(), "labels");
    }

    public Map<String, Object> annotations() {
        return Json.object(metadata(), "annotations");
    }

    public Optional<String> label(String key) {
        return labels().get(key) instanceof String value ? Optional.of(value) : Optional.empty();
    }

    public Optional<String> annotation(String key) {
        return annotations().get(key) instanceof String value
                ? Optional.of(value)
                : Optional.empty();
    }

    public List<String> finalizers() {
        return Json.list(metadata(), "finalizers").stream()
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .toList();
    }

    public List<OwnerReference> owners() {
        return Json.list(metadata(), "ownerReferences").stream()
                .filter(Map.class::isInstance)
                .map(owner -> OwnerReference.of(Json.cast((Map<?, ?>) owner)))
                .toList();
    }

    /// Whether `metadata.deletionTimestamp` is set.
    public boolean terminating() {
        return metadata().get("deletionTimestamp") instanceof String;
    }

    /// The value at a path of keys, or null.
    public @Nullable Object at(String... path) {
        return Json.at(tree, path);
    }

    /// The same object in a tree of its own.
    public Resource copy() {
        return new Resource(Json.copy(tree));
    }
}
