package dev.slipway.graph.simpleschema;

/// One `key=value` after the type of a field.
///
/// @param value without its quotes
record Marker(String key, String value) {}
