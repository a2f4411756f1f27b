package dev.slipway.apiserver.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.store.StoredObject;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelSelectorTest {
    private static final StoredObject LABELLED =
            new StoredObject(
                    KindKey.of("", "things").resource("", "x"),
                    1,
                    """
                    {"apiVersion":"v1","kind":"Thing","metadata":{"labels":\
                    {"app":"web","tier":"front","size":"5","example.com/team":""}}}\
                    """
                            .getBytes(StandardCharsets.UTF_8));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "app",
                "!gone",
                "app=web",
                "app==web",
                " app = web ",
                "app!=db",
                "gone!=x",
                "app in (web, db)",
                "app notin (db)",
                "gone notin (db)",
                "size>4",
                "size<6",
                "example.com/team=",
                "example.com/team in (,x)",
                "app=web,tier=front,!gone"
            })
    void selects(String selector) {
        assertThat(LabelSelector.parse(selector).matches(LABELLED)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gone",
                "!app",
                "app=db",
                "app!=web",
                "app in (db)",
                "app notin (web)",
                "size>5",
                "size<5",
                "app>1",
                "gone=",
                "app=web,tier=back"
            })
    void doesNotSelect(String selector) {
        assertThat(LabelSelector.parse(selector).matches(LABELLED)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a b | found 'b', expected: in, notin, =, ==, !=, gt, lt",
                "a=b=c | found '=', expected: ',' or 'end of string'",
                "a in b | found 'b' expected: '('",
                "a in (b | expected: ',' or ')'",
                "-a=b | Invalid value: \"-a\"",
                "a=-b | values[0][a]: Invalid value: \"-b\"",
                "a>x | the value must be an integer",
                "a, | expected: identifier after ','",
                "=b | expected: !, identifier"
            })
    void saysWhatItCannotRead(String selector, String why) {
        assertThatThrownBy(() -> LabelSelector.parse(selector)).hasMessageContaining(why);
    }

    @Test
    void boundsTheNumberOfRequirements() {
        var many = "a,".repeat(LabelSelector.MAX_REQUIREMENTS) + "a";

        assertThatThrownBy(() -> LabelSelector.parse(many)).isInstanceOf(RuntimeException.class);
    }
}
