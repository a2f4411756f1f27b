package dev.slipway.cli;

import dev.slipway.client.ApiClient;
import dev.slipway.client.Kubeconfig;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.model.Yaml;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One run of one verb: what it was told, and what it may use. One thread.
final class Session {
    private final Arguments arguments;
    private final Environment environment;
    private @Nullable ApiClient api;
    private @Nullable ServedKinds kinds;

    Session(Arguments arguments, Environment environment) {
        this.arguments = arguments;
        this.environment = environment;
    }

    Arguments arguments() {
        return arguments;
    }

    Environment environment() {
        return environment;
    }

    PrintStream out() {
        return environment.out();
    }

    /// The server, looked for at the first call.
    ApiClient api() {
        var connected = api;
        if (connected == null) {
            connected = environment.connect().apply(kubeconfig());
            api = connected;
        }
        return connected;
    }

    /// The kinds that the server serves, asked for at the first call.
    ServedKinds kinds() {
        var known = kinds;
        if (known == null) {
            known = new ServedKinds(api(), this::pause);
            kinds = known;
        }
        return known;
    }

    /// The namespace that was asked for, or the kubeconfig's.
    String namespace() {
        return arguments
                .value(Option.NAMESPACE)
                .orElseGet(() -> Kubeconfig.read(kubeconfig()).namespace());
    }

    /// One line for people who look for what went wrong.
    void complain(String message) {
        environment.err().println("slipway: " + message);
    }

    void print(String format, Object tree) {
        out().print(
                        format.equals("yaml")
                                ? Yaml.write(tree)
                                : PrettyJson.text(tree) + System.lineSeparator());
    }

    void pause(Duration time) {
        try {
            environment.pause().sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.of(Reason.TIMEOUT, "interrupted").exception();
        }
    }

    /// Where the server is written down: `--kubeconfig`, `$KUBECONFIG`, then the data folder.
    private Path kubeconfig() {
        var named =
                arguments
                        .value(Option.KUBECONFIG)
                        .orElseGet(() -> environment.variables().getOrDefault("KUBECONFIG", ""));
        var first = named.split(java.io.File.pathSeparator, -1)[0];
        var data = Path.of(arguments.value(Option.DATA).orElse(".slipway"));
        var path =
                environment
                        .directory()
                        .resolve(
                                first.isEmpty() || arguments.has(Option.DATA)
                                        ? data.resolve("kubeconfig")
                                        : Path.of(first));
        if (!Files.isReadable(path)) {
            throw Problem.of(
                            Reason.SERVICE_UNAVAILABLE,
                            "no server is known: %s cannot be read; start one with ./slipway up, or name its kubeconfig with --kubeconfig"
                                    .formatted(path))
                    .exception();
        }
        return path;
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String text(Object tree, String... path) {
        return Json.at(tree, path) instanceof String text ? text : "";
    }
}
