package dev.slipway.cluster;

import static dev.slipway.cluster.Played.said;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.User;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RulesTest {
    private static final KindKey VOLUMES = KindKey.of("", "persistentvolumes");

    private static final String RULE =
            """
            rules: [{apiVersion: acme.dev/v1, kind: Bucket, phases: [
              {name: Creating, status: {phase: Creating, conditions: [{type: Ready, status: "False", reason: Creating}]}},
              {name: Ready, after: 10s, status: {phase: Ready, url: "https://${self.metadata.name}.example/${self.spec.region}", seen: "${self.metadata.generation}", conditions: [{type: Ready, status: "True", reason: Made}]}}],
              faults: [{name: NoRoom, status: {phase: Failed, conditions: [{type: Ready, status: "False", reason: NoRoom}]}}]}]
            """;

    private final Played played = new Played();

    @AfterEach
    void close() {
        played.close();
    }

    @Test
    void givesALoadBalancerAnAddress() {
        played.apply(service("LoadBalancer"));
        assertThat(service().at("status", "loadBalancer", "ingress")).isNull();
        played.pass("1S");
        assertThat(service().at("status", "loadBalancer", "ingress").toString())
                .contains("ip=172.18.");
        assertThat(service().annotation("slipway.dev/simulated")).contains("local");
    }

    @Test
    void leavesAloneWhatNoRuleIsMeantFor() {
        played.apply(service("ClusterIP"));
        played.pass("1S");
        assertThat(service().annotation("slipway.dev/simulated")).isEmpty();
    }

    @Test
    void bindsAClaimToAVolumeThatGoesWithIt() {
        played.apply(
                "{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: data}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}");
        assertThat(claim().status()).containsEntry("phase", "Pending");
        played.pass("1S");

        assertThat(claim().status()).containsEntry("phase", "Bound").containsKey("capacity");
        var volume = played.list(VOLUMES).getFirst();
        assertThat(volume.name()).isEqualTo(claim().spec().get("volumeName"));
        assertThat(volume.status()).containsEntry("phase", "Bound");

        played.world().delete("v1", "PersistentVolumeClaim", "default", "data");
        played.pass("1S");
        assertThat(played.list(VOLUMES)).isEmpty();
    }

    @Test
    void playsAKindThatACustomDefinitionBrings() {
        bucket();
        played.cluster(RULE);
        assertThat(bucketNow().status()).containsEntry("phase", "Creating");
        played.pass("11S");

        assertThat(bucketNow().status())
                .containsEntry("phase", "Ready")
                .containsEntry("url", "https://one.example/north")
                .containsEntry("seen", 1L);
        assertThat(said(bucketNow(), "Ready")).isEqualTo("True Made");
        var before = played.world().store().state().revision();
        played.pass("600S");
        assertThat(played.world().store().state().revision()).isEqualTo(before);
    }

    @Test
    void playsThePhasesAnewWhenTheSpecChanges() {
        bucket();
        played.cluster(RULE);
        played.pass("11S");
        played.merge("acme.dev/v1", "Bucket", "one", "{spec: {region: south}}");
        assertThat(said(bucketNow(), "Ready")).isEqualTo("False Creating");
        played.pass("11S");
        assertThat(bucketNow().status()).containsEntry("url", "https://one.example/south");
    }

    @Test
    void failsAsTheRuleSaysAndRecovers() {
        bucket();
        played.cluster(RULE);
        played.merge(
                "acme.dev/v1",
                "Bucket",
                "one",
                "{metadata: {annotations: {slipway.dev/simulate: NoRoom}}}");
        played.pass("11S");
        assertThat(said(bucketNow(), "Ready")).isEqualTo("False NoRoom");
        played.merge(
                "acme.dev/v1",
                "Bucket",
                "one",
                "{metadata: {annotations: {slipway.dev/simulate: null}}}");
        played.pass("11S");
        assertThat(said(bucketNow(), "Ready")).isEqualTo("True Made");
    }

    @Test
    void saysOnTheObjectWhyItCannotBePlayed() {
        bucket();
        played.cluster(RULE.replace("self.spec.region", "self.spec.nosuch"));
        played.pass("11S");
        assertThat(bucketNow().annotation("slipway.dev/simulation-error").orElse(""))
                .contains("nosuch");
    }

    @Test
    void doesNotPlayWhatItMadeByTheSameRule() {
        played.cluster(
                "rules: [{apiVersion: v1, kind: ConfigMap, when: \"self.metadata.name.startsWith('x')\", phases: [{name: A, creates: [{apiVersion: v1, kind: ConfigMap, metadata: {name: 'x${self.metadata.uid}'}}]}]}]");
        played.apply("{apiVersion: v1, kind: ConfigMap, metadata: {name: x}}");
        played.pass("5S");
        assertThat(played.list(KindKey.of("", "configmaps"))).hasSize(2);
    }

    @Test
    void saysThatARuleNeverComesToRest() {
        bucket();
        played.cluster(
                "rules: [{apiVersion: acme.dev/v1, kind: Bucket, phases: [{name: A, object: {spec: {region: 'x${self.spec.region}'}}}]}]");
        assertThat(bucketNow().annotation("slipway.dev/simulation-error").orElse(""))
                .startsWith("phase A never comes to rest");
        assertThat(bucketNow().spec()).containsEntry("region", "north");
    }

    @Test
    void takesRulesFromThoseWhoMayDoWhatTheyDo() {
        try (var strict = Played.withAccess()) {
            var role =
                    "{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: jane}, rules: [{verbs: ['*'], apiGroups: [slipway.dev], resources: [clusters]}, {verbs: ['*'], apiGroups: [''], resources: [configmaps]}, {verbs: [create, get, delete], apiGroups: [rbac.authorization.k8s.io], resources: ['*']}]}";
            strict.apply(role);
            strict.apply(
                    "{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRoleBinding, metadata: {name: jane}, roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: jane}, subjects: [{kind: User, name: jane}]}");
            var jane = User.of("jane", List.of());

            assertThatThrownBy(() -> strict.clusterBy(jane, made("v1", "Secret")))
                    .hasMessageContaining("user \"jane\" does not hold the rights to:")
                    .hasMessageContaining("secrets");
            assertThatThrownBy(() ->
                            strict.clusterBy(
                                    jane,
                                    made("rbac.authorization.k8s.io/v1", "ClusterRoleBinding")))
                    .hasMessageContaining("\"escalate\"");
            assertThatThrownBy(() -> strict.clusterBy(jane, made("v1", "${self.data.kind}")))
                    .hasMessageContaining("creates[0].kind: Invalid value");
            strict.clusterBy(jane, made("v1", "ConfigMap"));
        }
    }

    private static String made(String apiVersion, String kind) {
        return "rules: [{apiVersion: v1, kind: ConfigMap, phases: [{name: A, creates: [{apiVersion: %s, kind: '%s', metadata: {name: made}}]}]}]"
                .formatted(apiVersion, kind);
    }

    @Test
    void refusesARuleWithAnErrorAtItsPlace() {
        assertThatThrownBy(
                        () -> played.cluster(RULE.replace("self.metadata.name", "self.metadata.")))
                .hasMessageContaining(
                        "spec.simulation.rules[0].phases[1].status.url: Invalid value");
        assertThatThrownBy(() -> played.cluster(RULE.replace("self.metadata.name", "itself.name")))
                .hasMessageContaining("itself");
        assertThatThrownBy(() -> played.cluster(RULE.replace("after: 10s", "after: later")))
                .hasMessageContaining(
                        "spec.simulation.rules[0].phases[1].after: Invalid value: \"later\"");
        assertThatThrownBy(() ->
                        played.cluster("rules: [{apiVersion: v1, kind: Pod, phases: [{name: a}]}]"))
                .hasMessageContaining(
                        "spec.simulation.rules[0].kind: Forbidden: Pod is played without a rule");
        assertThatThrownBy(() -> played.cluster("rules: [{apiVersion: v1, kind: Secret}]"))
                .hasMessageContaining("spec.simulation.rules[0].phases: Required value");
    }

    private Resource service() {
        return played.get("v1", "Service", "web");
    }

    private Resource claim() {
        return played.get("v1", "PersistentVolumeClaim", "data");
    }

    private Resource bucketNow() {
        return played.get("acme.dev/v1", "Bucket", "one");
    }

    private static String service(String type) {
        return "{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {type: %s, selector: {app: web}, ports: [{port: 80}]}}"
                .formatted(type);
    }

    private void bucket() {
        played.apply(
                """
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: buckets.acme.dev}
                spec:
                  group: acme.dev
                  scope: Namespaced
                  names: {plural: buckets, kind: Bucket}
                  versions:
                    - name: v1
                      served: true
                      storage: true
                      subresources: {status: {}}
                      schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
                """);
        played.apply(
                "{apiVersion: acme.dev/v1, kind: Bucket, metadata: {name: one}, spec: {region: north}}");
    }
}
