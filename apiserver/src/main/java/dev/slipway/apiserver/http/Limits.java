package dev.slipway.apiserver.http;

import java.time.Duration;

/// How much of the server all requests together may take, and how much of that one user.
///
/// @param requests how many requests are answered at once; the next one is asked to come again
/// @param requestsOfOne how many of them one user may have
/// @param readingOfOne how many requests of one user that read are worked on at once; the others wait for their turn, so
///     that whoever else comes finds a processor that is soon free
/// @param writingOfOne how many that write: they wait for the disk together, so more of them are worked on at once
/// @param streams how many answers stay open at once: watches, server-sent events
/// @param streamsOfOne how many of them one user may have
/// @param bodyBytes how many bytes the bodies of all requests may have together
/// @param bodyBytesOfOne how many of them one user's bodies may have
/// @param head how long a handshake may take, and then the head of each request
/// @param arrival how long the body of a request may take to come
/// @param silence how long nothing may move on a connection; a watch may be silent for as long as it likes
public record Limits(
        int requests,
        int requestsOfOne,
        int readingOfOne,
        int writingOfOne,
        int streams,
        int streamsOfOne,
        int bodyBytes,
        int bodyBytesOfOne,
        Duration head,
        Duration arrival,
        Duration silence) {
    private static final int MEGABYTE = 1024 * 1024;

    /// How many reads of one user there are work enough for a processor.
    private static final int READING_PER_PROCESSOR = 4;

    /// What a server keeps to that is told nothing else.
    public static Limits defaults() {
        return new Limits(
                1024,
                768,
                READING_PER_PROCESSOR * Math.max(2, Runtime.getRuntime().availableProcessors()),
                128,
                20_000,
                15_000,
                64 * MEGABYTE,
                48 * MEGABYTE,
                Duration.ofSeconds(30),
                Duration.ofMinutes(1),
                Duration.ofMinutes(2));
    }
}
