package dev.slipway.app;

import dev.slipway.apiserver.access.Credentials;
import dev.slipway.client.Kubeconfig;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// The verb `kubeconfig`: prints a kubeconfig by which somebody is known, with a certificate of this installation's
/// authority. What they may do is for roles and bindings to say.
final class KubeconfigVerb {
    /// How many days a certificate is good where nobody says for how many.
    static final int DAYS = 30;

    /// For how many at most: nobody can take one back.
    static final int MAX_DAYS = 365;

    private final Clock clock;
    private final PrintStream out;

    KubeconfigVerb(Clock clock, PrintStream out) {
        this.clock = clock;
        this.out = out;
    }

    /// The usage line.
    static String line() {
        return "slipway kubeconfig --user NAME [--group NAME,…] [--days N] [--data DIR]   print how somebody else is known: a certificate for %d days"
                .formatted(DAYS);
    }

    int run(List<String> words) {
        var given = Given.of(words, Set.of("user", "group", "days", "data"), Set.of(), 0);
        var user =
                given.option("user")
                        .filter(name -> !name.isBlank())
                        .orElseThrow(() -> new UsageException("kubeconfig wants --user NAME"));
        var folder = Path.of(given.option("data").orElse(Config.DEFAULT_DATA.toString()));
        var own = folder.resolve("kubeconfig");
        if (!Files.exists(own)) {
            throw new RefusedException(
                    "%s is not there: start the server on this folder once, or name another with --data"
                            .formatted(own));
        }
        var credentials = Credentials.open(folder, List.of(), clock, new SecureRandom());
        out.print(
                credentials.clientKubeconfig(
                        Kubeconfig.read(own).server(),
                        user,
                        groups(given.option("group").orElse("")),
                        Duration.ofDays(days(given.option("days").orElse("" + DAYS)))));
        return 0;
    }

    private static List<String> groups(String list) {
        return Arrays.stream(list.split(","))
                .map(String::strip)
                .filter(group -> !group.isEmpty())
                .toList();
    }

    private static int days(String text) {
        if (!text.matches("[0-9]{1,4}")
                || Integer.parseInt(text) < 1
                || Integer.parseInt(text) > MAX_DAYS) {
            throw new UsageException(
                    "--days wants a number from 1 to %d, is \"%s\"".formatted(MAX_DAYS, text));
        }
        return Integer.parseInt(text);
    }
}
