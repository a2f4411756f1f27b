package dev.slipway.apiserver;

import dev.slipway.apiserver.wire.Tree;
import java.util.Map;

/// Which release this is, and which Kubernetes it speaks like.
///
/// @param release of Slipway: `0.1.0`
/// @param commit that it was built from, empty where unknown
public record ServerVersion(String release, String commit) {
    /// The version of the Kubernetes API that is spoken.
    public static final String KUBERNETES = "1.36.3";

    /// As `/version` answers it.
    Map<String, Object> tree() {
        var numbers = KUBERNETES.split("\\.", -1);
        return Tree.of(
                "major",
                numbers[0],
                "minor",
                numbers[1],
                "gitVersion",
                "v" + KUBERNETES + "+slipway." + release,
                "gitCommit",
                commit,
                "gitTreeState",
                "clean",
                "buildDate",
                "",
                "goVersion",
                "",
                "compiler",
                "javac",
                "platform",
                System.getProperty("os.name").toLowerCase(java.util.Locale.ROOT)
                        + "/"
                        + System.getProperty("os.arch"));
    }
}
