package dev.slipway.apiserver.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.apiserver.access.Identities;
import dev.slipway.apiserver.wire.Representation.Format;
import dev.slipway.apiserver.wire.Representation.Shape;
import dev.slipway.client.web.WebRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RepresentationTest {
    private static WebRequest asking(Map<String, String> headers, Map<String, List<String>> query) {
        return new WebRequest("GET", "/", query, headers, new byte[0], Identities.ADMIN);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json | JSON | WHOLE",
                "*/* | JSON | WHOLE",
                "text/html,application/xhtml+xml,*/*;q=0.8 | JSON | WHOLE",
                "application/yaml | YAML | WHOLE",
                "application/json;q=0.1,application/yaml | YAML | WHOLE",
                "application/vnd.kubernetes.protobuf,application/json | JSON | WHOLE",
                "application/json;as=Table;v=v1;g=meta.k8s.io,application/json | JSON | TABLE",
                "application/json;as=Table;v=v1;g=other,application/json | JSON | WHOLE",
                "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io | JSON | METADATA",
                "application/json;stream=watch | JSON | WHOLE"
            })
    void takesTheFirstThatItCanWrite(String accept, Format format, Shape shape) {
        var form = Representation.of(asking(Map.of("accept", accept), Map.of()));

        assertThat(form.format()).isEqualTo(format);
        assertThat(form.shape()).isEqualTo(shape);
    }

    @Test
    void writesJsonWhereNothingIsAsked() {
        assertThat(Representation.of(asking(Map.of(), Map.of())).format()).isEqualTo(Format.JSON);
    }

    @Test
    void saysWhatItCouldWrite() {
        assertThatThrownBy(() -> Representation.of(asking(Map.of("accept", "image/png"), Map.of())))
                .hasMessageContaining("application/json, application/yaml");
    }

    @Test
    void indentsForPeople() {
        var curl = Map.of("user-agent", "curl/8");

        assertThat(Representation.of(asking(curl, Map.of())).pretty()).isTrue();
        assertThat(Representation.of(asking(curl, Map.of("pretty", List.of("false")))).pretty())
                .isFalse();
        assertThat(Representation.of(asking(Map.of("user-agent", "kubectl"), Map.of())).pretty())
                .isFalse();
    }
}
