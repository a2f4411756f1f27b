package dev.slipway.apiserver.http;

import dev.slipway.apiserver.wire.Answers;
import dev.slipway.client.web.WebRequest;
import dev.slipway.client.web.WebResponse;
import java.util.List;
import java.util.function.Supplier;

/// Answers `/livez`, `/readyz` and `/healthz`: whether the process lives, and whether it is ready for work.
///
/// Open to everyone, and so tells no more than names of checks and what they want told.
public final class Health {
    /// What a check found.
    ///
    /// @param note shown to everyone where details are asked for; may be empty
    public record Finding(boolean good, String note) {
        public static final Finding GOOD = new Finding(true, "");
    }

    /// One thing that must be well.
    public record Check(String name, Supplier<Finding> finding) {}

    static final List<String> PATHS = List.of("/healthz", "/livez", "/readyz");
    private static final Check PING = new Check("ping", () -> Finding.GOOD);

    private final List<Check> readiness;

    public Health(List<Check> readiness) {
        this.readiness = List.copyOf(readiness);
    }

    static boolean serves(String path) {
        var name = path.split("/", 3);
        return name.length > 1 && PATHS.contains("/" + name[1]);
    }

    WebResponse answer(WebRequest request) {
        var parts = request.path().split("/", 3);
        var checks = checks(parts[1], parts.length > 2 ? parts[2] : "");
        if (checks.isEmpty()) {
            return Answers.text(404, "404 page not found");
        }
        var excluded = request.query().getOrDefault("exclude", List.of());
        var lines = new StringBuilder();
        var good = true;
        for (var check : checks) {
            var finding = excluded.contains(check.name()) ? Finding.GOOD : find(check);
            good &= finding.good();
            lines.append(line(check, finding, excluded.contains(check.name())));
        }
        var verbose = request.query().containsKey("verbose") || !good;
        lines.append(parts[1]).append(good ? " check passed" : " check failed");
        return WebResponse.text(
                good ? 200 : 500,
                "text/plain; charset=utf-8",
                verbose ? lines.append('\n').toString() : "ok");
    }

    private List<Check> checks(String path, String single) {
        var all =
                path.equals("livez")
                        ? List.of(PING)
                        : java.util.stream.Stream.concat(
                                        java.util.stream.Stream.of(PING), readiness.stream())
                                .toList();
        return single.isEmpty()
                ? all
                : all.stream().filter(check -> check.name().equals(single)).toList();
    }

    private static Finding find(Check check) {
        try {
            return check.finding().get();
        } catch (RuntimeException e) {
            return new Finding(false, "");
        }
    }

    private static String line(Check check, Finding finding, boolean excluded) {
        var note = finding.note().isEmpty() ? "" : ": " + finding.note();
        if (excluded) {
            return "[+]%s excluded: ok\n".formatted(check.name());
        }
        return finding.good()
                ? "[+]%s ok%s\n".formatted(check.name(), note)
                : "[-]%s failed%s\n"
                        .formatted(check.name(), note.isEmpty() ? ": reason withheld" : note);
    }
}
