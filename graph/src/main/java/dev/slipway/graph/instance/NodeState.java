package dev.slipway.graph.instance;

/// Where the resource of a node stands.
enum NodeState {
    /// It waits for others.
    IN_PROGRESS,
    /// It is there, and not ready.
    WAITING_FOR_READINESS,
    /// It is as the graph says, and ready.
    SYNCED,
    /// The graph leaves it out for this instance.
    SKIPPED,
    /// It is going away; a new one is made afterwards.
    DELETING,
    /// It could not be made.
    ERROR
}
