package dev.slipway.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.ProblemException;
import dev.slipway.kernel.resources.Strictness;
import dev.slipway.kernel.resources.WriteOptions;
import dev.slipway.kernel.store.Attribution;
import dev.slipway.kernel.store.Operation;
import dev.slipway.kernel.store.Revision;
import dev.slipway.kernel.store.Seal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the write path says and keeps of confidential kinds.
class SecrecyTest {
    private static final KindKey SECRETS = KindKey.of("", "secrets");
    private static final String SECRET =
            """
            apiVersion: v1
            kind: Secret
            metadata: {name: door, labels: {app: shop}}
            stringData: {password: open-sesame}
            """;
    private static final String CRD =
            """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: doors.sea.example}
            spec:
              group: sea.example
              scope: Namespaced
              names: {plural: doors, kind: Door}
              versions:
                - name: v1
                  served: true
                  storage: true
                  schema:
                    openAPIV3Schema:
                      type: object
                      properties:
                        spec:
                          type: object
                          properties:
                            color: {type: string, enum: [red]}
                            code: {type: string, format: password, pattern: '^[0-9]+$'}
            """;

    private final World world = World.of();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void marksSecretsAndKindsWithPasswordsAsConfidential() {
        world.apply(SECRET);
        world.apply(CRD);
        world.eventually("doors are served", () -> served("sea.example/v1", "Door"));
        world.apply(
                "{apiVersion: sea.example/v1, kind: Door, metadata: {name: a}, spec: {code: '0451'}}");
        world.apply("{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {k: v}}");

        assertThat(seals(SECRETS, "door")).containsExactly(Seal.SEALED);
        assertThat(seals(KindKey.of("sea.example", "doors"), "a")).containsExactly(Seal.SEALED);
        assertThat(seals(KindKey.of("", "configmaps"), "a")).containsExactly(Seal.OPEN);
    }

    @Test
    void deletesSecretsWithoutRepeatingTheirContent() {
        world.apply(SECRET);
        world.delete("v1", "Secret", "default", "door");

        var deletion = world.store().history(SECRETS.resource("default", "door"), 1).getFirst();
        assertThat(deletion.operation()).isEqualTo(Operation.DELETE);
        assertThat(deletion.object().labels()).isEqualTo(Map.of("app", "shop"));
        assertThat(new String(deletion.body(), StandardCharsets.UTF_8))
                .doesNotContain("\"data\"", "managedFields", "b3Blbi1zZXNhbWU=");
        assertThat(seals(SECRETS, "door")).containsExactly(Seal.OPEN, Seal.SHREDDED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{data: {password: open-sesame}}",
                "{data: open-sesame}",
                "{data: [open-sesame]}",
                "{data: {password: {in: open-sesame}}}",
                "{data: {password: [open-sesame]}}",
                "{stringData: {password: {in: open-sesame}}}",
                "{stringData: {'not a key': open-sesame}}",
                "{type: kubernetes.io/dockerconfigjson, data: {.dockerconfigjson: open-sesame}}"
            })
    void repeatsNoSecretThatItRefuses(String content) {
        var secret =
                "{apiVersion: v1, kind: Secret, metadata: {name: door}, " + content.substring(1);
        for (var write :
                List.<Runnable>of(
                        () -> world.apply(secret),
                        () -> world.serverSideApply(secret, "ann", false))) {
            var refused = catchThrowableOfType(ProblemException.class, write::run);
            assertThat(refused).as(secret).isNotNull();
            assertThat(refused.problem().toString()).doesNotContain("open-sesame");
        }
    }

    @Test
    void repeatsNoPasswordThatItRefuses() {
        world.apply(CRD);
        world.eventually("doors are served", () -> served("sea.example/v1", "Door"));
        var refused =
                catchThrowableOfType(
                        ProblemException.class,
                        () ->
                                world.apply(
                                        """
                                        {apiVersion: sea.example/v1, kind: Door, metadata: {name: a},
                                         spec: {color: blue, code: open-sesame}}
                                        """));
        assertThat(Json.text(refused.problem().message()))
                .contains("spec.code", "(hidden)", "spec.color", "blue")
                .doesNotContain("open-sesame");
    }

    private boolean served(String apiVersion, String kind) {
        return world.resources().kinds().byKind(apiVersion, kind).isPresent();
    }

    private List<Seal> seals(KindKey kind, String name) {
        return world.store().history(kind.resource("default", name), 10).stream()
                .map(Revision::seal)
                .toList();
    }

    @Test
    void makesAWriteAnewWhoseKindHasChangedMeanwhile() {
        world.apply(CRD.replace("format: password, ", ""));
        world.settle();
        var attempts = new AtomicInteger();
        var made =
                world.resources()
                        .batch(
                                batch -> {
                                    if (attempts.incrementAndGet() == 1) {
                                        world.apply(CRD);
                                        world.settle();
                                    }
                                    var doors =
                                            batch.kinds()
                                                    .byKind("sea.example/v1", "Door")
                                                    .orElseThrow();
                                    batch.create(doors, "default", door());
                                },
                                options());

        assertThat(attempts).hasValue(2);
        assertThat(made.getLast().seal()).isNotEqualTo(Seal.OPEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[geheim]", "7", "true", "1.5"})
    void refusesAValueOfASecretThatIsNoText(String value) {
        var refused =
                catchThrowableOfType(
                        ProblemException.class,
                        () -> world.apply(SECRET.replace("open-sesame", value)));

        assertThat(refused.problem().message())
                .contains("Secret.stringData of type string")
                .doesNotContain("geheim");
    }

    private static Map<String, Object> door() {
        return Json.readObject(
                """
                {"apiVersion": "sea.example/v1", "kind": "Door", "metadata": {"name": "a"}, "spec": {"code": "123"}}
                """);
    }

    private static WriteOptions options() {
        return new WriteOptions(Attribution.of("ann"), "ann", false, Strictness.STRICT);
    }
}
