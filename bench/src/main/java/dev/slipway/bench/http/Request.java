package dev.slipway.bench.http;

/// A request as it goes over the wire, made before the clock runs.
///
/// @param bytes head and body
/// @param expected the status that a good answer has
public record Request(byte[] bytes, int expected) {}
