package dev.slipway.expression.program;

import dev.cel.common.CelErrorCode;
import dev.cel.common.exceptions.CelRuntimeException;
import dev.slipway.expression.library.Bounds;
import dev.slipway.expression.library.Growth;
import dev.slipway.expression.library.Patterns;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/// The work that runs may still do, so that none can hold a thread for long; belongs to one thread.
///
/// Each step costs 1, each call 1 more for each [#CHARACTERS_PER_COST] characters or members that it reads or makes, or
/// compares with each other. What one expression may spend, [#ONE_RUN], takes well under a second.
public final class Budget {
    /// What one run may spend.
    public static final long ONE_RUN = 2_000_000;

    /// The rounds of all loops of one run; other budgets have as much less or more of them.
    public static final int MAXIMAL_ROUNDS = 200_000;

    private static final int CHARACTERS_PER_COST = 64;

    /// What is made takes memory: texts cost so many times what it costs to read them, lists and maps so many times.
    private static final int TEXT_MADE = 4;

    private static final int MEMBERS_MADE = 16;

    /// Functions that look into all that a value holds.
    private static final Set<String> THOROUGH =
            Set.of(
                    "json.marshal",
                    "json.encode",
                    "format",
                    "@in",
                    "distinct",
                    "indexOf",
                    "lastIndexOf",
                    "deepMerge",
                    "sets.contains",
                    "sets.intersects",
                    "sets.equivalent");

    private final long limit;
    private long spent;
    private long rounds;

    /// What one run may spend.
    public Budget() {
        this(ONE_RUN);
    }

    /// For several runs together.
    public Budget(long limit) {
        this.limit = limit;
    }

    /// What has been spent so far.
    public long spent() {
        return spent;
    }

    void step() {
        if (++spent > limit) {
            throw Exhausted.of("costs more than the limit of " + limit);
        }
    }

    void round() {
        long most = limit / (ONE_RUN / MAXIMAL_ROUNDS);
        if (++rounds > most) {
            throw Exhausted.of("loops more often than the limit of " + most);
        }
    }

    /// @param size letters or members that are looked at
    void spend(long size) {
        spent += size / CHARACTERS_PER_COST;
        step();
    }

    /// What a call reads: some functions look at each pair of what they are given.
    void call(String function, Object... arguments) {
        long all = 0;
        boolean thorough = THOROUGH.contains(function);
        for (Object argument : arguments) {
            all += thorough && !isKeys(function, argument) ? whole(argument) : size(argument);
        }
        if (SEARCHING.contains(function) && arguments[1] instanceof String pattern) {
            all = Math.max(all, (1 + size(arguments[0])) * Patterns.weight(pattern));
        }
        if (all < CHARACTERS_PER_COST) {
            return;
        }
        spend(
                switch (function) {
                    case "contains", "sets.contains", "sets.intersects" ->
                            Math.max(
                                    all,
                                    size(arguments[0]) * size(arguments[arguments.length - 1]));
                    case "sets.equivalent" ->
                            Math.max(all, 2 * size(arguments[0]) * size(arguments[1]));
                    case "distinct", "sort", "@sortByKeys" -> 8 * all;
                    default -> all;
                });
    }

    /// Functions that walk through a pattern for each letter.
    private static final Set<String> SEARCHING = Set.of("find", "findAll", "matches");

    /// Whether only the keys of a map are asked.
    private static boolean isKeys(String function, Object argument) {
        return function.equals("@in") && argument instanceof Map;
    }

    void made(Object result) {
        if (result instanceof String text && text.length() > Bounds.TEXT) {
            throw Exhausted.of("makes a text of more than %d letters".formatted(Bounds.TEXT));
        }
        if (size(result) >= CHARACTERS_PER_COST && !(result instanceof Growth)) {
            spend(size(result) * (result instanceof String ? TEXT_MADE : MEMBERS_MADE));
        }
    }

    /// All letters and members of a value, also of those within; throws [Exhausted] where they are too many.
    public static long whole(Object value) {
        long size = Bounds.size(value);
        if (size > Bounds.VALUE) {
            throw Exhausted.of(
                    "needs a value of more than %d letters and members".formatted(Bounds.VALUE));
        }
        return size;
    }

    /// Letters or members; 0 for all else.
    static long size(Object value) {
        return switch (value) {
            case String text -> text.length();
            case Collection<?> list -> list.size();
            case Map<?, ?> map -> map.size();
            default -> 0;
        };
    }

    /// Thrown out of a run when nothing is left.
    public static final class Exhausted extends CelRuntimeException {
        private static final long serialVersionUID = 1;

        private Exhausted(IllegalStateException cause) {
            super(cause, CelErrorCode.ITERATION_BUDGET_EXCEEDED);
        }

        /// What was too much.
        public String reason() {
            return String.valueOf(getCause() == null ? getMessage() : getCause().getMessage());
        }

        static Exhausted exceeded() {
            return new Exhausted(
                    new IllegalStateException("operation cancelled: actual cost limit exceeded"));
        }

        static Exhausted of(String what) {
            return new Exhausted(new IllegalStateException("the expression " + what));
        }
    }
}
