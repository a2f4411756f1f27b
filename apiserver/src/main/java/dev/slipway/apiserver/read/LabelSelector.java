package dev.slipway.apiserver.read;

import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.store.StoredObject;
import dev.slipway.kernel.store.Term;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A condition on labels: all requirements hold.
public record LabelSelector(List<Requirement> requirements) {
    /// How many requirements a selector may have.
    public static final int MAX_REQUIREMENTS = 1000;

    /// Everything is selected.
    public static final LabelSelector EVERYTHING = new LabelSelector(List.of());

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?");
    private static final Pattern PREFIX =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
    private static final int MAX_NAME = 63;
    private static final int MAX_PREFIX = 253;

    /// What is asked of a label.
    public enum Operator {
        EXISTS,
        ABSENT,
        IN,
        /// Also holds where the label is absent.
        NOT_IN,
        GREATER,
        LESS
    }

    /// One condition on one label.
    public record Requirement(String key, Operator operator, List<String> values) {
        public Requirement {
            values = List.copyOf(values);
        }

        boolean matches(Optional<String> value) {
            return switch (operator) {
                case EXISTS -> value.isPresent();
                case ABSENT -> value.isEmpty();
                case IN -> value.filter(values::contains).isPresent();
                case NOT_IN -> value.filter(values::contains).isEmpty();
                case GREATER -> value.filter(text -> compares(text) > 0).isPresent();
                case LESS -> value.filter(text -> compares(text) < 0).isPresent();
            };
        }

        /// The terms of which whatever matches has at least one; none where that cannot be said.
        List<Term> terms() {
            return switch (operator) {
                case EXISTS, GREATER, LESS -> List.of(new Term.Labelled(key));
                case IN ->
                        values.stream()
                                .distinct()
                                .<Term>map(value -> new Term.Label(key, value))
                                .toList();
                case ABSENT, NOT_IN -> List.of();
            };
        }

        /// 0 also where the label is no number, which then neither is greater nor less.
        private int compares(String text) {
            try {
                return Long.compare(Long.parseLong(text), Long.parseLong(values.getFirst()));
            } catch (NumberFormatException e) {
                return 0;
            }
        }
    }

    public LabelSelector {
        requirements = List.copyOf(requirements);
    }

    /// Reads `app=web,tier in (a, b),!old`; refused with 400 where it cannot be understood.
    public static LabelSelector parse(String text) {
        return text.isBlank()
                ? EVERYTHING
                : new LabelSelector(new LabelSelectorParser(text).requirements());
    }

    public boolean isEverything() {
        return requirements.isEmpty();
    }

    public boolean matches(StoredObject object) {
        return requirements.stream()
                .allMatch(requirement -> requirement.matches(object.label(requirement.key())));
    }

    static void checkKey(String key) {
        var slash = key.indexOf('/');
        var name = key.substring(slash + 1);
        var good =
                name.length() <= MAX_NAME
                        && NAME.matcher(name).matches()
                        && (slash < 0 || isPrefix(key.substring(0, slash)));
        if (!good) {
            throw invalid("<nil>", key, "a label key must be a qualified name");
        }
    }

    static void checkValue(String key, String value) {
        var good = value.isEmpty() || (value.length() <= MAX_NAME && NAME.matcher(value).matches());
        if (!good) {
            throw invalid(
                    "values[0][" + key + "]",
                    value,
                    "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.'");
        }
    }

    static void checkInteger(String value) {
        if (!value.matches("-?[0-9]{1,18}")) {
            throw invalid(
                    "values[0]", value, "for 'Gt', 'Lt' operators, the value must be an integer");
        }
    }

    private static boolean isPrefix(String prefix) {
        return prefix.length() <= MAX_PREFIX && PREFIX.matcher(prefix).matches();
    }

    private static RuntimeException invalid(String field, String value, String why) {
        return Problem.badRequest(
                        "unable to parse requirement: %s: Invalid value: \"%s\": %s"
                                .formatted(field, value, why))
                .exception();
    }
}
