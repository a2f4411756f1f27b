package dev.slipway.app;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.store.Retention;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What `retention:` in the file of `--config` says, on top of the defaults.
///
/// ```yaml
/// retention:
///   superseded: 30d
///   kinds:
///     leases.coordination.k8s.io: {superseded: 10m, last: 3}
/// ```
final class RetentionSettings {
    static final String NAME = "retention";

    private static final String KINDS = "kinds";
    private static final List<String> KEYS = List.of("status", "superseded", "last", "deleted");
    private static final Pattern PERIOD = Pattern.compile("([1-9][0-9]{0,5})([smhd])");

    private RetentionSettings() {}

    /// Throws a [UsageException] that names the key.
    static Retention of(@Nullable Object setting) {
        var tree = new TreeMap<>(mapping(NAME, setting));
        var kinds = tree.remove(KINDS);
        var defaults = Retention.defaults();
        var all = rule(NAME, tree, defaults.all(), List.of(KINDS));
        Map<String, Retention.Rule> rules = new HashMap<>(defaults.kinds());
        if (kinds != null) {
            var where = NAME + "." + KINDS;
            mapping(where, kinds)
                    .forEach((kind, rule) ->
                            rules.put(
                                    kind,
                                    rule(
                                            where + "." + kind,
                                            mapping(where + "." + kind, rule),
                                            rules.getOrDefault(kind, all),
                                            List.of())));
        }
        return new Retention(all, rules);
    }

    private static Retention.Rule rule(
            String where, Map<String, Object> tree, Retention.Rule base, List<String> more) {
        tree.keySet().stream()
                .filter(key -> !KEYS.contains(key))
                .findFirst()
                .ifPresent(key -> unknown(where, key, more));
        try {
            return new Retention.Rule(
                    value(where, tree, "status", RetentionSettings::period, base.status()),
                    value(where, tree, "superseded", RetentionSettings::period, base.superseded()),
                    value(where, tree, "last", RetentionSettings::count, base.last()),
                    value(where, tree, "deleted", RetentionSettings::period, base.deleted()));
        } catch (IllegalArgumentException e) {
            throw new UsageException("%s: %s".formatted(where, e.getMessage()));
        }
    }

    private static <T> T value(
            String where,
            Map<String, Object> tree,
            String key,
            Function<String, T> reader,
            T otherwise) {
        if (!tree.containsKey(key)) {
            return otherwise;
        }
        try {
            return reader.apply(String.valueOf(tree.get(key)));
        } catch (IllegalArgumentException e) {
            throw new UsageException("%s.%s %s".formatted(where, key, e.getMessage()));
        }
    }

    private static Duration period(String text) {
        var matcher = PERIOD.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "wants a time such as 90d, 12h, 5m or 90s, is \"%s\"".formatted(text));
        }
        var number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }

    private static int count(String text) {
        if (!text.matches("[1-9][0-9]{0,5}")) {
            throw new IllegalArgumentException("wants a number from 1, is \"%s\"".formatted(text));
        }
        return Integer.parseInt(text);
    }

    private static Map<String, Object> mapping(String where, @Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return Json.cast(map);
        }
        throw new UsageException("%s wants a mapping, is \"%s\"".formatted(where, value));
    }

    private static void unknown(String where, String key, List<String> more) {
        throw new UsageException(
                "%s: unknown key \"%s\"; known are %s%s"
                        .formatted(
                                where,
                                key,
                                String.join(", ", KEYS),
                                more.isEmpty() ? "" : ", " + String.join(", ", more)));
    }
}
