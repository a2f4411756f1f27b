package dev.slipway.graph.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BreakingChangesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "{'a':{'type':'string'}} # {} # the field is removed",
                "{'a':{'type':'string'}} # {'a':{'type':'integer'}} # the type changes from string to integer",
                "{'a':{'type':'string','enum':['x','y']}} # {'a':{'type':'string','enum':['x']}} # fewer values",
                "{'a':{'type':'string'}} # {'a':{'type':'string','enum':['x']}} # fewer values",
                "{'a':{'type':'string'}} # {'a':{'type':'string','pattern':'x'}} # the pattern",
                "{'a':{'type':'integer','minimum':1}} # {'a':{'type':'integer','minimum':2}} # minimum is",
                "{'a':{'type':'string'}} # {'a':{'type':'string','maxLength':2}} # maxLength is",
                "{'a':{'type':'array','items':{'type':'string'}}} # {'a':{'type':'array','items':{'type':'integer'}}}"
                        + " # the type changes",
                "{'a':{'type':'object','additionalProperties':{'type':'string'}}} #"
                        + " {'a':{'type':'object','additionalProperties':{'type':'integer'}}} # the type changes",
            })
    void findsWhatInstancesMayBreakOn(String before, String after, String message) {
        assertThat(between(before, after))
                .singleElement()
                .satisfies(cause -> {
                    assertThat(cause.field()).startsWith("spec.schema.spec.a");
                    assertThat(cause.message()).contains(message);
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "{'a':{'type':'string'}} # {'a':{'type':'string'},'b':{'type':'string'}}",
                "{'a':{'type':'string','enum':['x']}} # {'a':{'type':'string','enum':['x','y']}}",
                "{'a':{'type':'string','enum':['x']}} # {'a':{'type':'string'}}",
                "{'a':{'type':'integer','minimum':2}} # {'a':{'type':'integer','minimum':1}}",
                "{'a':{'type':'string','pattern':'x'}} # {'a':{'type':'string','description':'d','default':'e'}}",
            })
    void letsPassWhatWidens(String before, String after) {
        assertThat(between(before, after)).isEmpty();
    }

    @Test
    void comparesNothingOfTheStatusButWhatAuthorsWrite() {
        var before = status("{'conditions':{'type':'array','items':{'type':'object'}}}");
        var after =
                status(
                        "{'conditions':{'type':'array','items':{'type':'object','required':['type'],'properties':{'type':{'type':'string'}}}},'state':{'type':'string'}}");
        assertThat(BreakingChanges.between(before, after)).isEmpty();
        assertThat(BreakingChanges.between(status("{'ip':{'type':'string'}}"), after)).hasSize(1);
    }

    private static Map<String, Object> status(String properties) {
        return Json.readObject(
                Json.text(crd(properties)).replace("\"spec\":{\"type\"", "\"status\":{\"type\""));
    }

    private static List<FieldCause> between(String before, String after) {
        return BreakingChanges.between(crd(before), crd(after));
    }

    private static Map<String, Object> crd(String properties) {
        return Json.readObject(
                """
                {"spec":{"versions":[{"schema":{"openAPIV3Schema":{"properties":{
                 "spec":{"type":"object","properties":%s}}}}}]}}
                """
                        .formatted(properties.replace('\'', '"')));
    }
}
