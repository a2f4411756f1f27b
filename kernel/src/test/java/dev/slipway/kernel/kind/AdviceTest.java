package dev.slipway.kernel.kind;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdviceTest {
    private static final List<Kind> KINDS = BuiltInKinds.load();

    private static Kind kind(String plural) {
        return KINDS.stream()
                .filter(kind -> kind.names().plural().equals(plural))
                .findFirst()
                .orElseThrow();
    }

    private static Resource resource(String json) {
        return new Resource(
                Json.cast((Map<?, ?>) Json.read(json.getBytes(StandardCharsets.UTF_8))));
    }

    private static Resource pod(String spec) {
        return resource("{\"metadata\":{\"name\":\"p\"},\"spec\":" + spec + "}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {"containers":[{"env":[{"name":"A"},{"name":"B"},{"name":"A"}]}]} | spec.containers[0].env[2]: hides previous definition of "A", which may be dropped when using apply
                    {"initContainers":[{"ports":[{"containerPort":80}]}],"containers":[{"ports":[{"containerPort":80}]}]} | spec.containers[0].ports[0]: duplicate port definition with spec.initContainers[0].ports[0]
                    {"containers":[{"resources":{"limits":{"memory":"500m"}}}]} | spec.containers[0].resources.limits[memory]: fractional byte value "500m" is invalid, must be an integer
                    {"nodeSelector":{"beta.kubernetes.io/os":"linux"}} | spec.nodeSelector[beta.kubernetes.io/os]: deprecated since v1.14; use "kubernetes.io/os" instead
                    {"hostAliases":[{"ip":"1.1.1.1"},{"ip":"1.1.1.1"}]} | spec.hostAliases[1].ip: duplicate ip "1.1.1.1"
                    {"imagePullSecrets":[{}]} | spec.imagePullSecrets[0].name: invalid empty name ""
                    {"volumes":[{"name":"v","gitRepo":{"repository":"x"}}]} | spec.volumes[0].gitRepo: deprecated in v1.11
                    {"volumes":[{"name":"v","projected":{"sources":[{}]}}]} | volume "v" (Projected) has no sources provided
                    {"topologySpreadConstraints":[{"topologyKey":"a"}]} | spec.topologySpreadConstraints[0].labelSelector: a null labelSelector results in matching no pod
                    """)
    void warnsAsTheOriginalDoes(String spec, String warning) {
        assertThat(Advice.of(pod(spec), kind("pods"), Optional.empty())).containsExactly(warning);
    }

    @Test
    void looksIntoTemplates() {
        var deployment =
                resource(
                        """
                        {"metadata":{"name":"a.b"},"spec":{"template":{
                         "metadata":{"annotations":{"scheduler.alpha.kubernetes.io/critical-pod":""}}}}}\
                        """);
        assertThat(Advice.of(deployment, kind("deployments"), Optional.empty()))
                .containsExactly(
                        "metadata.name: this is used in Pod names and hostnames, which can result in surprising behavior;"
                                + " a DNS label is recommended: [must not contain dots]",
                        "spec.template.metadata.annotations[scheduler.alpha.kubernetes.io/critical-pod]:"
                                + " non-functional in v1.16+; use the \"priorityClassName\" field instead");
    }

    @Test
    void saysNothingAgainOfWhatStayed() {
        var pod = pod("{\"nodeSelector\":{\"beta.kubernetes.io/os\":\"linux\"}}");
        assertThat(Advice.of(pod, kind("pods"), Optional.of(pod))).isEmpty();
    }

    @Test
    void letsAVariableExtendItself() {
        assertThat(
                        Advice.of(
                                pod(
                                        """
                                        {"containers":[{"env":[{"name":"A","value":"1"},{"name":"A","value":"$(A):2"}]}]}\
                                        """),
                                kind("pods"),
                                Optional.empty()))
                .isEmpty();
    }
}
