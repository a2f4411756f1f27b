package dev.slipway.app;

import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/// How this process came up: how long it took, and whether Java could use the start cache.
///
/// @param took since the process began, to when it was ready; empty where the system does not tell
/// @param cache what became of the cache
record Startup(Optional<Duration> took, Cache cache) {
    /// The start cache: what the virtual machine noted in an earlier life, so that it need not load and link it again.
    enum Cache {
        /// Given and mapped.
        USED("with the start cache"),
        /// Given, and not taken: another virtual machine, other jars or other options made it.
        IGNORED("without the start cache, which does not fit"),
        /// Not given.
        NONE("without a start cache; ./slipway warm-up makes one");

        private final String words;

        Cache(String words) {
            this.words = words;
        }

        /// What became of a cache, by what the script gave and what the virtual machine says of itself.
        ///
        /// @param file the property `slipway.cache`, or nothing
        /// @param machine the property `java.vm.info`
        static Cache of(String file, String machine) {
            if (file.isEmpty()) {
                return NONE;
            }
            return machine.contains("sharing") ? USED : IGNORED;
        }
    }

    /// Of this process, now that it is ready.
    static Startup now(Clock clock) {
        return new Startup(
                ProcessHandle.current()
                        .info()
                        .startInstant()
                        .map(begun -> Duration.between(begun, clock.instant()))
                        .filter(took -> !took.isNegative()),
                Cache.of(
                        System.getProperty("slipway.cache", ""),
                        System.getProperty("java.vm.info", "")));
    }

    /// `in 0.9 s, with the start cache`.
    String line() {
        return took.map(time -> String.format(Locale.ROOT, "in %.1f s, ", time.toMillis() / 1000.0))
                        .orElse("")
                + cache.words;
    }
}
