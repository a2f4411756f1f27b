package dev.slipway.graph.findings;

import dev.slipway.kernel.kind.Kind;
import dev.slipway.kernel.kind.Kinds;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Finds the kind that an author may have meant by one that is not served.
public final class NearKinds {
    private NearKinds() {}

    /// `, did you mean apps/v1?`, where the kind is in another version or group; `, did you mean "Deployment"?`, where
    /// it is another kind of that group; or nothing.
    public static String of(String apiVersion, String kind, Kinds kinds) {
        var group = apiVersion.contains("/") ? apiVersion.replaceFirst("/.*", "") : "";
        var elsewhere = apiVersions(kinds, one -> isCalled(one, kind) && one.group().equals(group));
        if (elsewhere.isEmpty()) {
            elsewhere = apiVersions(kinds, one -> isCalled(one, kind));
        }
        return elsewhere.isEmpty()
                ? Suggestion.of(kind, kindsIn(group, kinds))
                : ", did you mean %s?".formatted(elsewhere);
    }

    private static boolean isCalled(Kind kind, String name) {
        return kind.names().kind().equals(name);
    }

    private static String apiVersions(Kinds kinds, Predicate<Kind> meant) {
        return kinds.all().stream()
                .filter(meant)
                .flatMap(NearKinds::apiVersions)
                .collect(Collectors.joining(" or "));
    }

    private static Stream<String> apiVersions(Kind kind) {
        return kind.versions().stream().map(kind::apiVersion);
    }

    private static Set<String> kindsIn(String group, Kinds kinds) {
        return kinds.all().stream()
                .filter(one -> one.group().equals(group))
                .map(one -> one.names().kind())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
