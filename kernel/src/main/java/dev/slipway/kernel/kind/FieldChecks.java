package dev.slipway.kernel.kind;

import dev.slipway.kernel.kind.FieldRules.MapCheck;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.schema.Amounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The checks that the rows of [FieldRules] are made of.
final class FieldChecks {
    private static final Pattern PORT_NAME = Pattern.compile("[-a-z0-9]*");
    private static final Pattern PERCENT = Pattern.compile("[0-9]+%");
    private static final int MAX_PORT_NAME = 15;

    private FieldChecks() {}

    /// One of a few texts.
    static FieldCheck oneOf(String... supported) {
        var texts = List.of(supported);
        return (value, path, findings) -> findings.oneOf(path, value, texts);
    }

    static FieldCheck notNegative() {
        return (value, path, findings) -> findings.notNegative(path, value);
    }

    static FieldCheck between(long least, long most) {
        return between(least, most, "must be between %d and %d, inclusive".formatted(least, most));
    }

    static FieldCheck between(long least, long most, String problem) {
        return (value, path, findings) -> {
            if (value instanceof Long number && (number < least || number > most)) {
                findings.invalid(path, number, problem);
            }
        };
    }

    /// A number that may be a user's or a group's.
    static FieldCheck id() {
        return between(0, Integer.MAX_VALUE);
    }

    static FieldCheck label() {
        return text(MetadataRules::label);
    }

    static FieldCheck dns1035() {
        return text(MetadataRules::dns1035);
    }

    static FieldCheck subdomain() {
        return text(MetadataRules::subdomain);
    }

    /// A name that may have a prefix, as the keys of labels.
    static FieldCheck key() {
        return text(MetadataRules::keyProblems);
    }

    /// The same, whatever the case of its letters.
    static FieldCheck lowerCaseKey() {
        return text(name ->
                name.isEmpty()
                        ? List.of()
                        : MetadataRules.keyProblems(name.toLowerCase(java.util.Locale.ROOT)));
    }

    static FieldCheck segment() {
        return text(name -> MetadataRules.nameProblems(name, Kind.NameRule.PATH_SEGMENT));
    }

    static FieldCheck portName() {
        return text(FieldChecks::portNameProblems);
    }

    static FieldCheck text(Function<String, List<String>> problems) {
        return (value, path, findings) -> {
            if (value instanceof String text) {
                findings.invalid(path, text, problems.apply(text));
            }
        };
    }

    static FieldCheck ip() {
        return text(text ->
                Addresses.isAddress(text)
                        ? List.of()
                        : List.of("must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)"));
    }

    static FieldCheck cidr() {
        return text(text ->
                Addresses.isRange(text)
                        ? List.of()
                        : List.of(
                                "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)"));
    }

    /// A port's number or name.
    static FieldCheck port() {
        return (value, path, findings) -> {
            findings.port(path, value);
            portName().check(value, path, findings);
        };
    }

    private static List<String> portNameProblems(String name) {
        var problems = new ArrayList<String>();
        if (name.length() > MAX_PORT_NAME) {
            problems.add("must be no more than 15 bytes");
        }
        if (!PORT_NAME.matcher(name).matches()) {
            problems.add("must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)");
        }
        if (name.chars().noneMatch(letter -> letter >= 'a' && letter <= 'z')) {
            problems.add("must contain at least one letter (a-z)");
        }
        if (name.contains("--")) {
            problems.add("must not contain consecutive hyphens");
        }
        if (name.startsWith("-") || name.endsWith("-")) {
            problems.add("must not begin or end with a hyphen");
        }
        return problems;
    }

    /// A number, or a percentage.
    static FieldCheck count() {
        return (value, path, findings) -> {
            findings.notNegative(path, value);
            if (value instanceof String text && !PERCENT.matcher(text).matches()) {
                findings.invalid(
                        path,
                        text,
                        "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or"
                                + " '93%', regex used for validation is '[0-9]+%')");
            }
        };
    }

    /// A number, or a percentage of what there is.
    static FieldCheck share() {
        return (value, path, findings) -> {
            count().check(value, path, findings);
            if (value instanceof String text
                    && PERCENT.matcher(text).matches()
                    && (text.length() > 4 || Integer.parseInt(text.replace("%", "")) > 100)) {
                findings.invalid(path, text, "must not be greater than 100%");
            }
        };
    }

    /// What a map's keys and values may be so that they select.
    static MapCheck labels() {
        return (labels, path, findings) ->
                labels.forEach((key, value) -> {
                    findings.invalid(path, key, MetadataRules.keyProblems(key));
                    if (value instanceof String text) {
                        findings.invalid(path, text, MetadataRules.labelValueProblems(text));
                    }
                });
    }

    static MapCheck annotations() {
        return (annotations, path, findings) ->
                annotations
                        .keySet()
                        .forEach(key ->
                                findings.invalid(
                                        path,
                                        key,
                                        MetadataRules.keyProblems(
                                                key.toLowerCase(java.util.Locale.ROOT))));
    }

    /// A label selector with its expressions.
    static FieldRules selector() {
        return FieldRules.of(
                FieldRules.object("matchLabels", labels()),
                FieldRules.at("matchExpressions[].key", key()),
                FieldRules.object("matchExpressions[]", FieldChecks::expression));
    }

    static void expression(Map<String, Object> expression, String path, Findings findings) {
        var values = Json.list(expression, "values");
        switch (Json.string(expression, "operator")) {
            case "In", "NotIn" -> {
                if (values.isEmpty()) {
                    findings.required(
                            path + ".values",
                            "must be specified when `operator` is 'In' or 'NotIn'");
                }
            }
            case "Exists", "DoesNotExist" -> {
                if (!values.isEmpty()) {
                    findings.forbidden(
                            path + ".values",
                            "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
                }
            }
            default -> {
                if (expression.get("operator") instanceof String operator) {
                    findings.invalid(path + ".operator", operator, "not a valid selector operator");
                }
            }
        }
    }

    /// Members that no schema asks for and that must be there.
    static MapCheck needs(String... fields) {
        return (object, path, findings) -> {
            for (var field : fields) {
                if (isEmpty(object.get(field))) {
                    findings.required(path.isEmpty() ? field : path + "." + field);
                }
            }
        };
    }

    static boolean isEmpty(@Nullable Object value) {
        return switch (value) {
            case null -> true;
            case String text -> text.isEmpty();
            case List<?> list -> list.isEmpty();
            default -> false;
        };
    }

    /// A list or a text that is there and must not be empty.
    static FieldCheck notEmpty(String detail) {
        return (value, path, findings) -> {
            if (isEmpty(value)) {
                findings.required(path, detail);
            }
        };
    }

    /// Exactly one of the members that say what something is.
    static MapCheck oneMember(String none, String several, String... names) {
        return (object, path, findings) -> {
            var given = List.of(names).stream().filter(name -> object.get(name) != null).toList();
            if (given.isEmpty()) {
                findings.required(path, none);
            }
            given.stream()
                    .skip(1)
                    .forEach(extra -> findings.forbidden(path + "." + extra, several));
        };
    }

    /// Amounts by name, none below zero.
    static MapCheck amounts() {
        return (amounts, path, findings) ->
                amounts.forEach((name, amount) -> {
                    if (Amounts.worth(String.valueOf(amount))
                            .filter(worth -> worth.signum() < 0)
                            .isPresent()) {
                        findings.invalid(
                                path + "[" + name + "]",
                                String.valueOf(amount),
                                "must be greater than or equal to 0");
                    }
                });
    }
}
