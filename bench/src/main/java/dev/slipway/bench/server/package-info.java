/// The servers that are measured: one of our own, started and stopped here, and perhaps a peer that runs already.
@org.jspecify.annotations.NullMarked
package dev.slipway.bench.server;
