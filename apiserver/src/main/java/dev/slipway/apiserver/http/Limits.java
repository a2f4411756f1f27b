package dev.slipway.apiserver.http;

import java.time.Duration;

/// How much of the server all requests together may take, and how much of that one user.
///
/// @param requests how many requests are answered at once; the next one is asked to come again
/// @param requestsOfOne how many of them one user may have
/// @param runningOfOne how many requests of one user are worked on at once; the others wait for their turn
/// @param streams how many answers stay open at once: watches, server-sent events
/// @param streamsOfOne how many of them one user may have
/// @param bodyBytes how many bytes the bodies of all requests may have together
/// @param bodyBytesOfOne how many of them one user's bodies may have
/// @param arrival how long the body of a request may take to come
/// @param silence how long nothing may move on a connection; a watch may be silent for as long as it likes
public record Limits(
        int requests,
        int requestsOfOne,
        int runningOfOne,
        int streams,
        int streamsOfOne,
        int bodyBytes,
        int bodyBytesOfOne,
        Duration arrival,
        Duration silence) {
    private static final int MEGABYTE = 1024 * 1024;

    /// What a server keeps to that is told nothing else.
    public static Limits defaults() {
        return new Limits(
                1024,
                768,
                128,
                20_000,
                15_000,
                64 * MEGABYTE,
                48 * MEGABYTE,
                Duration.ofMinutes(1),
                Duration.ofMinutes(2));
    }
}
