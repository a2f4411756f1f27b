package dev.slipway.expression;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.primitives.UnsignedLong;
import dev.cel.common.CelErrorCode;
import dev.cel.common.values.NullValue;
import dev.slipway.expression.library.Library;
import dev.slipway.expression.program.Budget;
import dev.slipway.expression.program.Costs;
import dev.slipway.expression.program.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// What the Go implementation gave for expressions without variables, and at what cost: a line each of environment (`crd`
/// for rules, `kro` for templates), cost, expression and outcome.
class RecordedTest {
    private static final Map<String, Environment> ENVIRONMENTS =
            Map.of(
                    "crd", Environment.builder().libraries(Library.RULES).build(),
                    "kro", Environment.builder().build());

    @Test
    void givesWhatWasRecordedAtTheRecordedCost() {
        List<String> differing = new ArrayList<>();
        for (String line : lines()) {
            String[] fields = line.split("\t", -1);
            String got = outcome(fields[0], fields[2]);
            String want = fields[3] + (fields[1].isEmpty() ? "" : " at " + fields[1]);
            if (!got.equals(want)) {
                differing.add(fields[0] + " " + fields[2] + ": got " + got + ", want " + want);
            }
        }
        assertThat(differing).isEmpty();
    }

    private static List<String> lines() {
        try (InputStream in =
                RecordedTest.class.getResourceAsStream("/golden/recorded-expressions.txt")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String outcome(String environment, String source) {
        boolean rules = environment.equals("crd");
        if (!(ENVIRONMENTS.get(environment).check(source) instanceof Expression expression)) {
            return "rejected";
        }
        var costs = rules ? new Costs(Meter.MAX_CALL) : null;
        String text;
        try {
            text = text(expression.raw(Map.of(), new Budget(), costs), rules);
        } catch (Budget.Exhausted e) {
            text = "fails";
        }
        return costs == null ? text : text + " at " + costs.cost();
    }

    private static String text(Object value, boolean rules) {
        return switch (value) {
            case Fault(var code, _) ->
                    !rules
                                    && (code == CelErrorCode.ATTRIBUTE_NOT_FOUND
                                            || code == CelErrorCode.INDEX_OUT_OF_BOUNDS)
                            ? "waits"
                            : "fails";
            case NullValue _ -> "null";
            case UnsignedLong number -> number + "u";
            case String text -> "'" + text + "'";
            case Duration span -> span.toNanos() + "ns";
            case Optional<?> optional ->
                    optional.map(inside -> "optional(" + text(inside, rules) + ")").orElse("none");
            case List<?> list ->
                    list.stream()
                            .map(element -> text(element, rules))
                            .collect(Collectors.joining(", ", "[", "]"));
            case Map<?, ?> map ->
                    map.entrySet().stream()
                            .map(entry ->
                                    text(entry.getKey(), rules)
                                            + ": "
                                            + text(entry.getValue(), rules))
                            .sorted()
                            .collect(Collectors.joining(", ", "{", "}"));
            default -> value.toString();
        };
    }
}
