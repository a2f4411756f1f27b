package dev.slipway.app;

import dev.slipway.bench.Bench;
import dev.slipway.cli.Cli;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What can be said after `slipway`, a line each.
final class Help {
    private static final Set<String> OPTIONS = Set.of("--help", "-h");

    private static final String WARM_UP =
            "slipway warm-up              make the start cache of this JDK where none fits";

    private Help() {}

    /// Whether a word asks how a verb is used.
    static boolean asks(String word) {
        return OPTIONS.contains(word);
    }

    /// How one of the verbs that are not the command line client's own is used; empty for others.
    static List<String> of(String verb) {
        return switch (verb) {
            case "up", "serve" -> serve();
            case "warm-up" -> List.of(WARM_UP);
            case "doctor" -> List.of(Doctor.line());
            case "kubeconfig" -> List.of(KubeconfigVerb.line());
            case "backup" -> List.of(BackupVerb.line());
            case "restore" -> List.of(RestoreVerb.line());
            case "validate" -> List.of(ValidateVerb.line());
            case "render" -> List.of(RenderVerb.line());
            case "bench" -> Bench.usage();
            default -> List.of();
        };
    }

    /// All verbs.
    static List<String> all() {
        var lines = new ArrayList<>(serve());
        lines.add(WARM_UP);
        lines.add(
                "slipway dist [--to DIR] [--image [--base FILE.tar|NAME]]   pack what is built, to be installed elsewhere");
        lines.add("slipway test                 build and pass the tests");
        lines.add(Doctor.line());
        lines.add(KubeconfigVerb.line());
        lines.add(BackupVerb.line());
        lines.add(RestoreVerb.line());
        lines.add(ValidateVerb.line());
        lines.add(RenderVerb.line());
        lines.addAll(Cli.usage());
        lines.addAll(Bench.usage());
        return lines;
    }

    private static List<String> serve() {
        var lines = new ArrayList<String>();
        lines.add(
                "slipway up|serve [options]   run the platform; up also builds it and loads the welcome example");
        Config.help().forEach(line -> lines.add("      " + line));
        return lines;
    }
}
