package dev.slipway.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.expression.library.Authorizer;
import dev.slipway.expression.library.Authorizer.Answer;
import dev.slipway.expression.library.Authorizer.ResourceAttempt;
import dev.slipway.expression.library.Library;
import dev.slipway.expression.library.ResourceCheck;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeferredTest {
    private static final Environment PLAIN =
            Environment.builder()
                    .libraries(Library.POLICIES)
                    .variable("object", Type.DYNAMIC)
                    .variable("authorizer", new Type.Opaque(Authorizer.TYPE))
                    .variable("authorizer.requestResource", new Type.Opaque(ResourceCheck.TYPE))
                    .build();

    private final Map<String, @Nullable Object> data =
            new LinkedHashMap<>(Map.of("object", Map.of("size", "3Gi", "n", 2L)));

    @Test
    void readsWhatAnotherExpressionGives() {
        assertThat(evaluate("quantity(object.size)", "variables.x.isGreaterThan(quantity('2Gi'))"))
                .isEqualTo(new Value.Known(true));
        assertThat(evaluate("object.n + 1", "variables.x * 2")).isEqualTo(new Value.Known(6L));
        assertThat(evaluate("[object.n]", "variables.x[0] == 2")).isEqualTo(new Value.Known(true));
    }

    @Test
    void isNotWorkedOutUnlessItIsRead() {
        assertThat(evaluate("object.none.at.all > 1", "has(object.none) && variables.x"))
                .isEqualTo(new Value.Known(false));
    }

    @Test
    void failsWhoeverReadsIt() {
        assertThat(evaluate("1 / (object.n - 2) > 0", "variables.x"))
                .isInstanceOfSatisfying(
                        Value.Failed.class,
                        failed ->
                                assertThat(failed.message())
                                        .contains("\"1 / (object.n - 2) > 0\""));
    }

    @Test
    void asksForRights() {
        data.put("authorizer", new Fake("ann"));
        data.put(
                "authorizer.requestResource",
                new ResourceCheck(
                        new Fake("ann"), new ResourceAttempt("", "", "pods", "", "shop", "p")));

        assertThat(
                        evaluate(
                                "true",
                                "authorizer.group('apps').resource('deployments').namespace('shop').name('web')"
                                        + ".check('create').reason()"))
                .isEqualTo(new Value.Known("ann create apps/deployments//shop/web"));
        assertThat(evaluate("true", "authorizer.path('/metrics').check('get').allowed()"))
                .isEqualTo(new Value.Known(false));
        assertThat(
                        evaluate(
                                "true",
                                "authorizer.serviceAccount('shop', 'bot').group('').resource('pods')"
                                        + ".subresource('log').check('get').reason()"))
                .isEqualTo(new Value.Known("shop:bot get /pods/log//"));
        assertThat(evaluate("true", "authorizer.requestResource.check('delete').reason()"))
                .isEqualTo(new Value.Known("ann delete /pods//shop/p"));
    }

    private record Fake(String user) implements Authorizer {
        @Override
        public Answer resource(ResourceAttempt attempt) {
            return new Answer(
                    true,
                    "%s %s %s/%s/%s/%s/%s"
                            .formatted(
                                    user,
                                    attempt.verb(),
                                    attempt.group(),
                                    attempt.resource(),
                                    attempt.subresource(),
                                    attempt.namespace(),
                                    attempt.name()));
        }

        @Override
        public Answer path(String verb, String path) {
            return new Answer(false, "");
        }

        @Override
        public Optional<Authorizer> serviceAccount(String namespace, String name) {
            return Optional.of(new Fake(namespace + ":" + name));
        }
    }

    private Value evaluate(String variable, String source) {
        var first = checked(PLAIN, variable);
        var environment =
                PLAIN.with(
                        "variables", new Type.Struct("variables", Map.of("x", first.resultType())));
        data.put("variables", new LinkedHashMap<>(Map.of("x", first.later(data))));
        return checked(environment, source).evaluate(data);
    }

    private static Expression checked(Environment environment, String source) {
        return switch (environment.check(source)) {
            case Expression expression -> expression;
            case Checked.Rejected(var errors) -> throw new AssertionError(source + ": " + errors);
        };
    }
}
