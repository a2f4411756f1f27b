/// The load client: HTTP/1.1 over kept connections, requests whose bytes are made before the clock runs.
@org.jspecify.annotations.NullMarked
package dev.slipway.bench.http;
