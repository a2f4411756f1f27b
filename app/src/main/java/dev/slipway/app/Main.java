package dev.slipway.app;

import dev.slipway.app.offline.SourceFiles;
import dev.slipway.bench.Bench;
import dev.slipway.cli.Cli;
import dev.slipway.cli.Environment;
import dev.slipway.cli.Examples;
import dev.slipway.client.HttpApiClient;
import dev.slipway.client.Kubeconfig;
import dev.slipway.kernel.model.ProblemException;
import dev.slipway.kernel.store.CannotOpenException;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// The program: `up` and `serve` run the platform, every other verb is a client of one.
///
/// Exit codes: 0 stopped on request, 1 cannot start or continue, 2 wrong usage.
public final class Main {
    private static final Logger LOG = System.getLogger(Main.class.getName());
    private static volatile int exitCode;
    private static final int CANNOT = 1;
    private static final int USAGE = 2;

    private Main() {}

    public static void main(String[] args) throws IOException {
        Carriers.provide();
        var words = Arrays.asList(args);
        var verb = words.isEmpty() ? "help" : words.getFirst();
        var help = words.stream().anyMatch(Help::asks) ? Help.of(verb) : List.<String>of();
        exit(help.isEmpty() ? run(verb, words) : print(help, System.out));
    }

    private static int run(String verb, List<String> words) throws IOException {
        return switch (verb) {
            case "up", "serve" -> serve(verb, words.subList(1, words.size()), System.out);
            case "warm-up" ->
                    words.size() == 1
                            ? WarmUp.run()
                            : fail(
                                    "\"%s\" is one word too many; ./slipway help lists the options"
                                            .formatted(words.get(1)),
                                    USAGE);
            case "backup" ->
                    alone(
                            words.subList(1, words.size()),
                            new BackupVerb(
                                            Clock.systemUTC(),
                                            System.getenv(),
                                            System.out,
                                            System.err)
                                    ::run);
            case "restore" ->
                    alone(
                            words.subList(1, words.size()),
                            new RestoreVerb(
                                            Clock.systemUTC(),
                                            System.getenv(),
                                            System.out,
                                            System.err)
                                    ::run);
            case "kubeconfig" ->
                    alone(
                            words.subList(1, words.size()),
                            new KubeconfigVerb(Clock.systemUTC(), System.out)::run);
            case "doctor" ->
                    alone(
                            words.subList(1, words.size()),
                            new Doctor(System.getenv(), System.out, System.err)::run);
            case "validate" ->
                    alone(
                            words.subList(1, words.size()),
                            new ValidateVerb(Clock.systemUTC(), files(), System.out)::run);
            case "render" ->
                    alone(
                            words.subList(1, words.size()),
                            new RenderVerb(Clock.systemUTC(), files(), System.out, System.err)
                                    ::run);
            case "bench" ->
                    Bench.run(
                            words.subList(1, words.size()),
                            OwnCommand.line(),
                            System.out,
                            System.err);
            case "help", "--help", "-h" -> print(Help.all(), System.out);
            default -> Cli.run(words, environment());
        };
    }

    private static int serve(String verb, List<String> options, PrintStream out)
            throws IOException {
        try {
            return serve(Config.of(verb, options), verb.equals("up"), out);
        } catch (UsageException e) {
            return fail(e.getMessage() + "; ./slipway help lists the options", USAGE);
        } catch (CannotOpenException | RefusedException | ProblemException e) {
            return fail(String.valueOf(e.getMessage()), CANNOT);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "the start failed", e);
            return fail("cannot start: " + e + "; the lines above tell more", CANNOT);
        }
    }

    /// Runs a verb that needs no server.
    private static int alone(List<String> words, ToIntFunction<List<String>> verb) {
        try {
            return verb.applyAsInt(words);
        } catch (UsageException e) {
            return fail(e.getMessage() + "; ./slipway help lists the options", USAGE);
        } catch (CannotOpenException | RefusedException | ProblemException e) {
            return fail(String.valueOf(e.getMessage()), CANNOT);
        }
    }

    /// Runs until a signal, or until the script that started it has gone.
    ///
    /// @param simulates whether statuses are to be played where nobody decided otherwise
    private static int serve(Config config, boolean simulates, PrintStream out) throws IOException {
        var stop = new CountDownLatch(1);
        Logs.toConsole();
        var running = new AtomicReference<@Nullable Platform>();
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> stopped(running.get()), "slipway-stop"));
        var platform = Platform.start(config, Clock.systemUTC(), new SecureRandom());
        running.set(platform);
        var startup = Startup.now(Clock.systemUTC());
        Parent.whenGone(stop::countDown);
        if (simulates && config.with("cluster")) {
            DefaultCluster.make(platform.admin());
        }
        if (config.examples() && FirstStart.owes(config.data())) {
            loadExamples(platform, config);
        }
        say(platform, config, startup, out);
        await(stop);
        platform.close();
        return 0;
    }

    private static void loadExamples(Platform platform, Config config) throws IOException {
        new Examples(platform.admin(), home(), Main::pause)
                .add()
                .forEach(failure -> System.err.println("slipway: example " + failure));
        FirstStart.done(config.data());
    }

    private static void say(Platform platform, Config config, Startup startup, PrintStream out) {
        out.println("Slipway is ready.");
        out.println(
                "  Sign in    "
                        + platform.signInAddress()
                        + "   (once, within 10 minutes; ./slipway login prints another)");
        out.println("  kubectl    export KUBECONFIG=" + shown(platform.kubeconfig()));
        out.println("  API        " + platform.api());
        out.println("  Started    " + startup.line());
        out.println("  Data       " + shown(config.data()) + "   Ctrl-C stops");
        out.flush();
    }

    private static int print(List<String> lines, PrintStream out) {
        lines.forEach(out::println);
        return 0;
    }

    private static SourceFiles files() {
        return new SourceFiles(Path.of("").toAbsolutePath(), System.in);
    }

    private static Environment environment() {
        return new Environment(
                System.getenv(),
                Path.of("").toAbsolutePath(),
                home(),
                Version.CURRENT.release(),
                System.in,
                System.out,
                System.err,
                file -> new HttpApiClient(Kubeconfig.read(file)),
                Thread::sleep);
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Ends the process with a code, which the hook that also a signal runs keeps.
    private static void exit(int code) {
        System.out.flush();
        exitCode = code;
        System.exit(code);
    }

    /// Runs on SIGTERM, SIGINT and exit: closes everything and ends the process as one that was asked to stop.
    ///
    /// @param platform null while it starts: what is half started needs no more care than a crash
    private static void stopped(@Nullable Platform platform) {
        if (platform != null) {
            platform.close();
        }
        Runtime.getRuntime().halt(exitCode);
    }

    private static void await(CountDownLatch stop) {
        try {
            stop.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int fail(String message, int code) {
        System.err.println("slipway: " + message);
        return code;
    }

    private static Path home() {
        return Path.of(System.getProperty("slipway.home", "."));
    }

    private static Path shown(Path path) {
        return path.normalize();
    }
}
