package dev.slipway.kernel.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.MalformedException;
import org.junit.jupiter.api.Test;

class StructDecodingTest {
    private static final String CONFIG_MAP = "io.k8s.api.core.v1.ConfigMap";
    private static final String DEPLOYMENT = "io.k8s.api.apps.v1.Deployment";
    private static final String SECRET = "io.k8s.api.core.v1.Secret";
    private static final String SERVICE = "io.k8s.api.core.v1.Service";
    private static final String LEASE = "io.k8s.api.coordination.v1.Lease";

    @Test
    void leavesOutWhatSaysNoMoreThanAbsence() {
        assertThat(
                        decoded(
                                DEPLOYMENT,
                                "{\"metadata\":{\"labels\":{},\"generateName\":\"\"},\"spec\":{\"paused\":false,\"minReadySeconds\":0,\"replicas\":0}}"))
                .isEqualTo("{\"metadata\":{},\"spec\":{\"replicas\":0}}");
    }

    @Test
    void makesNothingOfNullAndZeroOfItInMaps() {
        assertThat(
                        decoded(
                                CONFIG_MAP,
                                "{\"binaryData\":null,\"data\":{\"k\":null},\"immutable\":null}"))
                .isEqualTo("{\"data\":{\"k\":\"\"}}");
    }

    @Test
    void keepsZeroWhereItIsAlwaysWritten() {
        assertThat(decoded(SERVICE, "{\"spec\":{\"ports\":[{\"port\":0,\"targetPort\":0}]}}"))
                .isEqualTo("{\"spec\":{\"ports\":[{\"port\":0}]}}");
    }

    @Test
    void namesTheFieldAndTheTypeOfAMisfit() {
        assertMisfit(
                DEPLOYMENT,
                "{\"spec\":{\"replicas\":\"x\"}}",
                "json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32");
        assertMisfit(
                CONFIG_MAP,
                "{\"metadata\":{\"labels\":{\"k\":1}}}",
                "json: cannot unmarshal number into Go struct field ObjectMeta.metadata.labels of type string");
        assertMisfit(
                DEPLOYMENT,
                "{\"spec\":{\"template\":{\"spec\":{\"containers\":{}}}}}",
                "json: cannot unmarshal object into Go struct field PodSpec.spec.template.spec.containers of type []v1.Container");
        assertMisfit(
                DEPLOYMENT,
                "{\"spec\":{\"replicas\":1.5}}",
                "json: cannot unmarshal number 1.5 into Go struct field DeploymentSpec.spec.replicas of type int32");
    }

    @Test
    void findsWhereBase64GoesWrong() {
        assertMisfit(SECRET, "{\"data\":{\"a\":\"not base64!\"}}", "at input byte 3");
        assertMisfit(SECRET, "{\"data\":{\"a\":\"YWI\"}}", "at input byte 0");
        assertMisfit(SECRET, "{\"data\":{\"a\":\"YWI=x\"}}", "at input byte 4");
        assertThat(decoded(SECRET, "{\"data\":{\"a\":\"YWI=\"}}"))
                .isEqualTo("{\"data\":{\"a\":\"YWI=\"}}");
    }

    @Test
    void givesAmountsAndMomentsOneForm() {
        var container =
                "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"m\",\"resources\":{\"limits\":{\"cpu\":\"1000m\",\"memory\":1}}}]}}}}";
        assertThat(decoded(DEPLOYMENT, container))
                .contains("\"limits\":{\"cpu\":\"1\",\"memory\":\"1\"}");
        assertThat(
                        decoded(
                                LEASE,
                                "{\"spec\":{\"renewTime\":\"2026-01-02T04:04:05.000001+01:00\"}}"))
                .contains("2026-01-02T03:04:05.000001Z");
        assertMisfit(
                LEASE,
                "{\"spec\":{\"renewTime\":\"2026-01-02T03:04:05Z\"}}",
                "cannot parse \"Z\" as \".000000\"");
    }

    @Test
    void leavesUnknownFieldsAndManagersAlone() {
        var tree = "{\"metadata\":{\"managedFields\":[]},\"other\":null}";

        assertThat(decoded(CONFIG_MAP, tree)).isEqualTo(tree);
    }

    @Test
    void knowsWhatAStructIsBeforeAnythingIsSet() {
        assertThat(Json.text(Structs.load().zero(SERVICE)))
                .isEqualTo("{\"metadata\":{},\"spec\":{},\"status\":{\"loadBalancer\":{}}}");
    }

    private static String decoded(String struct, String json) {
        var tree = Json.readObject(json);
        StructDecoding.decode(tree, struct);
        return Json.text(tree);
    }

    private static void assertMisfit(String struct, String json, String message) {
        assertThatThrownBy(() -> decoded(struct, json))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining(message);
    }
}
