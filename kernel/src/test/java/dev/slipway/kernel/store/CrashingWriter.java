package dev.slipway.kernel.store;

import static dev.slipway.kernel.store.Changes.creation;
import static dev.slipway.kernel.store.Changes.service;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Executors;

/// A process to be killed: creates pairs of objects and prints each pair's name once it is acknowledged.
///
/// Arguments: the database's file, a prefix for the names, how many pairs, how many writers.
final class CrashingWriter {
    /// Ends each line, so that half a line is not taken for a name.
    static final String ACKNOWLEDGED = " acknowledged";

    private CrashingWriter() {}

    public static void main(String[] arguments) throws Exception {
        var pairs = Integer.parseInt(arguments[2]);
        var writers = Integer.parseInt(arguments[3]);
        try (var store =
                        SqliteStore.open(
                                Path.of(arguments[0]),
                                Clock.systemUTC(),
                                StoreSettings.defaults());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int writer = 0; writer < writers; writer++) {
                var first = writer;
                threads.execute(() -> {
                    for (int i = first; i < pairs; i += writers) {
                        create(store, arguments[1] + "-" + i, System.out);
                    }
                });
            }
        }
    }

    private static void create(Store store, String name, PrintStream out) {
        var pair =
                Changes.commit(
                        creation(service(name), "one"), creation(service(name + "-twin"), "two"));
        if (store.commit(pair) instanceof Outcome.Committed) {
            out.println(name + ACKNOWLEDGED);
        }
    }
}
