package dev.slipway.control.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.admission.Admission;
import dev.slipway.kernel.admission.Verdict;
import dev.slipway.kernel.kind.BuiltInKinds;
import dev.slipway.kernel.kind.KindIndex;
import dev.slipway.kernel.kind.Kinds;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.Yaml;
import dev.slipway.kernel.store.MemoryStore;
import dev.slipway.kernel.store.Operation;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CrdAdmitterTest {
    private static final String CRD =
            """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata:
              name: ingresses.networking.k8s.io
              annotations: {api-approved.kubernetes.io: unapproved}
            spec:
              group: networking.k8s.io
              scope: Namespaced
              names: {plural: ingresses, singular: ingress, kind: Ingress, listKind: IngressList}
              versions:
                - {name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}
            """;

    private static final String CONVERTED =
            """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: hooks.example.com}
            spec:
              group: example.com
              scope: Namespaced
              names: {plural: hooks, singular: hook, kind: Hook, listKind: HookList}
              conversion:
                strategy: Webhook
                webhook: {conversionReviewVersions: [v1], clientConfig: {url: "https://example.com"}}
              versions:
                - {name: v1beta1, served: true, storage: false, schema: {openAPIV3Schema: {type: object}}}
                - {name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}
            """;

    private final Kinds kinds = new KindIndex(BuiltInKinds.load(), 1);

    @Test
    void refusesTheNamesOfABuiltInKind() {
        assertThat(admit(Operation.CREATE, Optional.empty(), crd()))
                .isInstanceOfSatisfying(
                        Verdict.Invalid.class,
                        invalid ->
                                assertThat(invalid.causes())
                                        .extracting(cause -> cause.field())
                                        .contains("spec.names.plural", "spec.names.kind"));
    }

    @Test
    void letsADefinitionGoWhoseNamesBecameBuiltIn() {
        var released = crd();
        Json.child(released.tree(), "metadata").remove("finalizers");
        assertThat(admit(Operation.UPDATE, Optional.of(crd()), released))
                .isInstanceOf(Verdict.Admitted.class);
    }

    @Test
    void warnsOfVersionsThatAWebhookShouldConvert() {
        var crd =
                new Resource(
                        Json.cast(
                                (Map<?, ?>) Yaml.read(CONVERTED.getBytes(StandardCharsets.UTF_8))));
        assertThat(admit(Operation.CREATE, Optional.empty(), crd))
                .isInstanceOfSatisfying(
                        Verdict.Admitted.class,
                        admitted ->
                                assertThat(admitted.warnings())
                                        .singleElement()
                                        .asString()
                                        .endsWith("is served, not v1beta1"));
    }

    private Verdict admit(Operation operation, Optional<Resource> old, Resource crd) {
        var served =
                kinds.byPlural("apiextensions.k8s.io", "v1", "customresourcedefinitions")
                        .orElseThrow();
        var state = new MemoryStore(Clock.systemUTC()).state();
        return new CrdAdmitter()
                .admit(new Admission(served, operation, "", old, crd, state, kinds, "tester"));
    }

    private static Resource crd() {
        return new Resource(Json.cast((Map<?, ?>) Yaml.read(CRD.getBytes(StandardCharsets.UTF_8))));
    }
}
