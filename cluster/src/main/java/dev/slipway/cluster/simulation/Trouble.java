package dev.slipway.cluster.simulation;

/// What goes wrong with an object.
///
/// @param container which container of a pod; empty for the first one
public record Trouble(Fault fault, String container) {}
