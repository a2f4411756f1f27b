package dev.slipway.bench.server;

import dev.slipway.bench.http.Access;
import java.util.Optional;

/// A server under load, ours or the peer.
///
/// @param name in messages
/// @param api where its API is
/// @param usage of its processes; empty where they run who knows where
public record Target(String name, Access api, Optional<Usage> usage) {}
