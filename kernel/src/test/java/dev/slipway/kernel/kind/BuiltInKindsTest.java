package dev.slipway.kernel.kind;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.schema.Schema;
import dev.slipway.kernel.schema.Schema.ListType;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class BuiltInKindsTest {
    private static final List<Kind> KINDS = BuiltInKinds.load();

    @Test
    void knowsTheKindsThatUsersBeginWith() {
        assertThat(KINDS.stream().map(kind -> kind.apiVersion() + " " + kind.names().kind()))
                .contains(
                        "v1 Namespace",
                        "v1 ConfigMap",
                        "v1 Secret",
                        "v1 Service",
                        "v1 ServiceAccount",
                        "v1 Pod",
                        "v1 Event",
                        "apps/v1 Deployment",
                        "apps/v1 StatefulSet",
                        "batch/v1 CronJob",
                        "autoscaling/v2 HorizontalPodAutoscaler",
                        "networking.k8s.io/v1 Ingress",
                        "rbac.authorization.k8s.io/v1 ClusterRoleBinding",
                        "apiextensions.k8s.io/v1 CustomResourceDefinition",
                        "coordination.k8s.io/v1 Lease");
    }

    @Test
    void servesEachKindOnce() {
        assertThat(KINDS.stream().map(kind -> kind.group() + "/" + kind.names().plural()))
                .doesNotHaveDuplicates();
    }

    @Test
    void takesNamesFromDiscovery() {
        var deployments = kind("apps", "deployments");
        assertThat(deployments.names())
                .isEqualTo(
                        new Names(
                                "deployments",
                                "deployment",
                                "Deployment",
                                "DeploymentList",
                                List.of("deploy"),
                                List.of("all")));
        assertThat(deployments.namespaced()).isTrue();
        assertThat(kind("", "namespaces").namespaced()).isFalse();
    }

    @Test
    void knowsSubresources() {
        assertThat(kind("apps", "deployments").storage().scale()).isPresent();
        assertThat(kind("apps", "deployments").storage().status()).isTrue();
        assertThat(kind("", "configmaps").storage().scale()).isEmpty();
        assertThat(kind("", "configmaps").storage().status()).isFalse();
    }

    @Test
    void treatsSelectorsAsOneLeaf() {
        assertThat(at("apps", "deployments", "spec", "selector").atomicMap()).isTrue();
        assertThat(podSpec("nodeSelector").atomicMap()).isTrue();
        assertThat(at("", "configmaps", "data").atomicMap()).isFalse();
        assertThat(at("", "configmaps", "metadata", "labels").atomicMap()).isFalse();
    }

    @Test
    void tellsListItemsApartAsKubernetesDoes() {
        assertThat(List.of("containers", "initContainers", "volumes", "imagePullSecrets"))
                .allSatisfy(list -> assertKeys(podSpec(list), "name"));
        var container = podSpec("containers").items().orElseThrow();
        assertKeys(property(container, "env"), "name");
        assertKeys(property(container, "ports"), "containerPort", "protocol");
        assertThat(property(container, "args").list()).isEqualTo(ListType.ATOMIC);
        assertThat(podSpec("tolerations").list()).isEqualTo(ListType.ATOMIC);
        assertKeys(at("", "services", "spec", "ports"), "port", "protocol");
        assertKeys(at("apps", "deployments", "status", "conditions"), "type");
        assertThat(at("rbac.authorization.k8s.io", "roles", "rules").list())
                .isEqualTo(ListType.ATOMIC);
    }

    @Test
    void typesMetadataForOwnership() {
        assertThat(at("", "configmaps", "metadata", "finalizers").list()).isEqualTo(ListType.SET);
        var owners = at("", "configmaps", "metadata", "ownerReferences");
        assertKeys(owners, "uid");
        assertThat(owners.items().orElseThrow().atomicMap()).isTrue();
    }

    @Test
    void keepsPatchStrategies() {
        assertThat(podSpec("containers").patchMergeKey()).isEqualTo("name");
        assertThat(at("apps", "deployments", "spec", "strategy").patchStrategy())
                .isEqualTo("retainKeys");
        assertThat(podSpec("volumes").patchStrategy()).isEqualTo("merge,retainKeys");
    }

    @Test
    void knowsTypesThatAreTwoTypes() {
        assertThat(at("", "services", "spec", "ports").items().orElseThrow().property("targetPort"))
                .extracting(Schema::intOrString)
                .isEqualTo(true);
        assertThat(property(podSpec("containers").items().orElseThrow(), "resources"))
                .extracting(resources -> property(resources, "limits"))
                .extracting(limits -> limits.additionalProperties().orElseThrow().intOrString())
                .isEqualTo(true);
    }

    @Test
    void opensDefinitionsThatContainThemselves() {
        var schema =
                at("apiextensions.k8s.io", "customresourcedefinitions", "spec", "versions")
                        .items()
                        .map(version -> property(property(version, "schema"), "openAPIV3Schema"))
                        .orElseThrow();
        assertThat(property(schema, "type").type()).isEqualTo("string");
        assertThat(property(schema, "properties").additionalProperties()).contains(Schema.ANY);
    }

    @Test
    void givesEachKindItsRules() {
        assertThat(kind("apps", "deployments").rules().generation()).isTrue();
        assertThat(kind("", "configmaps").rules().generation()).isFalse();
        assertThat(kind("", "configmaps").rules().unconditionalUpdate()).isTrue();
        assertThat(kind("coordination.k8s.io", "leases").rules())
                .isEqualTo(new Kind.Rules(true, false, false, true, Kind.NameRule.SUBDOMAIN));
        assertThat(kind("rbac.authorization.k8s.io", "roles").rules().name())
                .isEqualTo(Kind.NameRule.PATH_SEGMENT);
        assertThat(kind("", "namespaces").rules().name()).isEqualTo(Kind.NameRule.LABEL);
        assertThat(
                        KINDS.stream()
                                .filter(kind -> kind.rules().createOnUpdate())
                                .map(kind -> kind.names().kind())
                                .collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(
                        "Role",
                        "RoleBinding",
                        "ClusterRole",
                        "ClusterRoleBinding",
                        "Lease",
                        "LimitRange",
                        "Event",
                        "Service",
                        "Endpoints",
                        "RuntimeClass");
    }

    private static void assertKeys(Schema list, String... keys) {
        assertThat(list.list()).isEqualTo(ListType.MAP);
        assertThat(list.listMapKeys()).containsExactly(keys);
    }

    private static Schema podSpec(String property) {
        return at("apps", "deployments", "spec", "template", "spec", property);
    }

    private static Schema at(String group, String plural, String... path) {
        var schema = kind(group, plural).storage().schema();
        for (var name : path) {
            schema = property(schema, name);
        }
        return schema;
    }

    private static Schema property(Schema schema, String name) {
        var property = schema.property(name);
        assertThat(property).as(name).isNotNull();
        return java.util.Objects.requireNonNull(property);
    }

    private static Kind kind(String group, String plural) {
        return KINDS.stream()
                .filter(kind -> kind.group().equals(group) && kind.names().plural().equals(plural))
                .findFirst()
                .orElseThrow();
    }
}
