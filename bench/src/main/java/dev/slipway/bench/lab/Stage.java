package dev.slipway.bench.lab;

/// In what state a server has to be for a row; rows of one stage share a server.
public enum Stage {
    /// The row starts servers of its own.
    ALONE,

    /// A server with nothing on it but what its rows make.
    EMPTY,

    /// A catalog of 25,000 entities.
    ENTITIES,

    /// 100,000 resources of 2 KB.
    FULL
}
