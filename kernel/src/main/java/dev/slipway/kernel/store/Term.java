package dev.slipway.kernel.store;

/// Something that resources can be found by.
public sealed interface Term {
    /// A label with a value.
    record Label(String key, String value) implements Term {}

    /// A label with whatever value.
    record Labelled(String key) implements Term {}

    /// A field with a value.
    ///
    /// @param path its keys, joined by dots
    /// @param value as [StoredObject#field] tells it: empty where the field is absent
    record Field(String path, String value) implements Term {}

    /// An owner, by its uid.
    record OwnedBy(String uid) implements Term {}
}
