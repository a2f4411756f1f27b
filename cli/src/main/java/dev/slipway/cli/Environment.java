package dev.slipway.cli;

import dev.slipway.client.ApiClient;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;

/// The world outside the command line.
///
/// @param variables of the process's environment
/// @param directory the working directory, which relative paths start from
/// @param home the folder of the product, with `examples/`
/// @param release which release this is
/// @param connect makes a client for the server that a kubeconfig names; may throw a
///     [dev.slipway.kernel.model.ProblemException]
/// @param pause waits
public record Environment(
        Map<String, String> variables,
        Path directory,
        Path home,
        String release,
        InputStream in,
        PrintStream out,
        PrintStream err,
        Function<Path, ApiClient> connect,
        Pause pause) {
    /// A way to wait.
    public interface Pause {
        void sleep(Duration time) throws InterruptedException;
    }

    /// The same with output that cannot steer a terminal.
    Environment plain() {
        return new Environment(
                variables,
                directory,
                home,
                release,
                in,
                PlainOutput.of(out),
                PlainOutput.of(err),
                connect,
                pause);
    }
}
