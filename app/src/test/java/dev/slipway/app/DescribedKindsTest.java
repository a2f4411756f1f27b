package dev.slipway.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.kind.BuiltInKinds;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.schema.Components;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What the build brings along of the texts of Kubernetes.
class DescribedKindsTest {
    /// The fields of these are words of JSON Schema, of which their authors say nothing either.
    private static final Pattern WORDS =
            Pattern.compile(".*\\.(JSONSchemaProps|ExternalDocumentation)");

    private final Components components = Components.load();

    private Map<String, Object> all() {
        Map<String, Object> all = new LinkedHashMap<>();
        for (var kind : BuiltInKinds.load()) {
            for (var version : kind.versions()) {
                var name =
                        components.ofKind(kind.group(version), version.name(), kind.names().kind());
                components.put(name.orElseThrow(), all);
            }
        }
        return all;
    }

    @Test
    void everyKindAndFieldIsDescribed() {
        var all = all();

        assertThat(all).hasSizeGreaterThan(400);
        all.forEach((name, definition) ->
                assertThat(Json.at(definition, "description")).as(name).isNotNull());
        all.forEach((name, definition) -> {
            if (Json.at(definition, "properties") instanceof Map<?, ?> fields
                    && !WORDS.matcher(name).matches()) {
                Json.cast(fields).forEach((field, schema) -> describes(name + "." + field, schema));
            }
        });
        assertThat(
                        Json.at(
                                all,
                                "io.k8s.api.apps.v1.DeploymentSpec",
                                "properties",
                                "replicas",
                                "description"))
                .asString()
                .contains("desired pods");
    }

    private static void describes(String name, Object schema) {
        assertThat(Json.string(Json.cast((Map<?, ?>) schema), "description")).as(name).isNotEmpty();
    }

    @Test
    void theTextsNameTheirAuthors() throws IOException {
        try (var in = Objects.requireNonNull(Components.class.getResourceAsStream("texts.txt"))) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().limit(2))
                    .allMatch(line -> line.startsWith("#"))
                    .anyMatch(line -> line.contains("Kubernetes Authors"))
                    .anyMatch(line -> line.contains("Apache License"));
        }
    }
}
