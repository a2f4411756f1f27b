package dev.slipway.expression.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.expression.Checked;
import dev.slipway.expression.Environment;
import dev.slipway.expression.Expression;
import org.junit.jupiter.api.Test;

class NamedFormatTest {
    @Test
    void knowsWhatHasAForm() {
        assertFits("dns1123Label", "a-1");
        assertFits("dns1123Subdomain", "a.b");
        assertFits("qualifiedName", "example.com/A_b.c");
        assertFits("dns1035LabelPrefix", "a-");
        assertFits("labelValue", "");
        assertFits("uuid", "123e4567e89b12d3a456426614174000");
        assertFits("byte", "YWI=");
        assertFits("date", "2024-02-29");
        assertFits("datetime", "2024-02-29T12:00:00Z");
        assertFits("uri", "http://a");
    }

    @Test
    void saysWhatIsWrong() {
        assertMisfit("dns1123Label", "-a", "a lowercase RFC 1123 label must consist");
        assertMisfit("dns1123SubdomainPrefix", "a.", "a lowercase RFC 1123 subdomain");
        assertMisfit("dns1035Label", "1a", "a DNS-1035 label");
        assertMisfit("qualifiedName", "/a", "prefix part must be non-empty");
        assertMisfit("qualifiedName", "a/b/c", "a valid label key must consist");
        assertMisfit("labelValue", "a".repeat(64), "must be no more than 63 bytes");
        assertMisfit("uuid", "x", "does not match the UUID format");
        assertMisfit("byte", "", "invalid base64");
        assertMisfit("date", "2024-2-9", "invalid date");
        assertMisfit("datetime", "2024-02-29", "invalid datetime");
        assertMisfit("uri", "a b", "parse \"a b\": invalid URI for request");
    }

    @Test
    void isThereForRules() {
        var rules = Environment.builder().libraries(Library.RULES).build();

        assertThat(rules.check("!format.dns1123Label().validate('a').hasValue()"))
                .isInstanceOf(Expression.class);
        assertThat(rules.check("format.named('uuid').value().validate('x').value()[0]"))
                .isInstanceOf(Expression.class);
        assertThat(rules.check("format.dns1123Label().validate(1)"))
                .isInstanceOf(Checked.Rejected.class);
    }

    private static void assertFits(String format, String text) {
        assertThat(NamedFormat.named(format).orElseThrow().problems(text)).as(text).isEmpty();
    }

    private static void assertMisfit(String format, String text, String problem) {
        assertThat(NamedFormat.named(format).orElseThrow().problems(text))
                .as(text)
                .anySatisfy(one -> assertThat(one).startsWith(problem));
    }
}
