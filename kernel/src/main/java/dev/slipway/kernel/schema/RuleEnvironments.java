package dev.slipway.kernel.schema;

import dev.slipway.expression.Environment;
import dev.slipway.expression.Type;
import dev.slipway.expression.library.Library;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// What rules are checked in, one environment for each type of what they judge. Thread-safe.
///
/// A schema is looked at several times, for what is wrong with its rules, for what they cost, and to ask them; and many
/// of its values are of the same type. An environment remembers what it checked, so each rule is compiled once.
final class RuleEnvironments {
    /// How often an environment is handed out until all are forgotten, and with them what they checked.
    static final int MAX_USES = 5_000;

    /// What an environment depends on.
    private record Judged(Type self, boolean optionalOld) {}

    private final Environment language = Environment.builder().libraries(Library.RULES).build();
    private final Map<Judged, Environment> known = new ConcurrentHashMap<>();
    private final AtomicInteger uses = new AtomicInteger();

    /// @param optionalOld whether rules are asked of values that were not there before, too
    Environment of(Type self, boolean optionalOld) {
        if (uses.incrementAndGet() > MAX_USES) {
            known.clear();
            uses.set(0);
        }
        return known.computeIfAbsent(new Judged(self, optionalOld), this::environment);
    }

    private Environment environment(Judged judged) {
        var self = judged.self();
        return language.with("self", self)
                .with("oldSelf", judged.optionalOld() ? new Type.OptionalOf(self) : self);
    }
}
