package dev.slipway.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AssignabilityTest {
    private static final Type PORT =
            new Type.Struct("ContainerPort", Map.of("containerPort", Type.INT, "name", Type.TEXT));

    @Test
    void acceptsWhatIsEqualOrUnknown() {
        assertFits(Type.INT, Type.INT);
        assertFits(Type.DYNAMIC, PORT);
        assertFits(Type.TEXT, Type.DYNAMIC);
        assertFits(PORT, new Type.Struct("x", Map.of(), true));
    }

    @Test
    void refusesAnotherType() {
        assertThat(Assignability.check(Type.TEXT, Type.INT)).contains("expected int, got string");
        assertThat(Assignability.check(Type.INT, Type.TEXT)).contains("expected string, got int");
        assertThat(Assignability.check(Type.DOUBLE, Type.INT)).contains("expected int, got double");
        assertThat(Assignability.check(PORT, Type.TEXT))
                .contains("expected string, got ContainerPort");
    }

    @Test
    void acceptsNumbersAndTextForIntOrStringButNoBool() {
        assertFits(Type.INT, Type.INT_OR_STRING);
        assertFits(Type.TEXT, Type.INT_OR_STRING);
        assertThat(Assignability.check(Type.BOOL, Type.INT_OR_STRING))
                .contains("expected int-or-string, got bool");
    }

    @Test
    void looksThroughOptionals() {
        assertFits(new Type.OptionalOf(Type.INT), Type.INT);
        assertFits(new Type.ListOf(new Type.OptionalOf(Type.INT)), new Type.ListOf(Type.INT));
    }

    @Test
    void namesTheMemberOfAStructThatDoesNotFit() {
        Type actual = new Type.ListOf(new Type.Struct("mine", Map.of("containerPort", Type.TEXT)));
        assertThat(Assignability.check(actual, new Type.ListOf(PORT)))
                .contains("[].containerPort: expected int, got string");
    }

    @Test
    void refusesAFieldThatTheTargetLacksButNotOneThatIsLeftOut() {
        assertThat(
                        Assignability.check(
                                new Type.Struct("mine", Map.of("protocol", Type.TEXT)), PORT))
                .contains("there is no field protocol");
        assertFits(new Type.Struct("mine", Map.of("name", Type.TEXT)), PORT);
    }

    @Test
    void comparesMapsWithStructs() {
        Type texts = new Type.Struct("Labels", Map.of("app", Type.TEXT));
        assertFits(texts, new Type.MapOf(Type.TEXT));
        assertFits(new Type.MapOf(Type.TEXT), texts);
        assertThat(Assignability.check(new Type.MapOf(Type.TEXT), PORT))
                .contains("containerPort: expected int, got string");
        assertThat(Assignability.check(PORT, new Type.MapOf(Type.TEXT)))
                .contains("containerPort: expected string, got int");
        assertThat(Assignability.check(new Type.MapOf(Type.INT, Type.TEXT), texts)).isPresent();
    }

    @Test
    void comparesMembersOfMaps() {
        assertThat(Assignability.check(new Type.MapOf(Type.INT), new Type.MapOf(Type.TEXT)))
                .contains("[*]: expected string, got int");
    }

    private static void assertFits(Type actual, Type expected) {
        assertThat(Assignability.check(actual, expected)).isEqualTo(Optional.empty());
    }
}
