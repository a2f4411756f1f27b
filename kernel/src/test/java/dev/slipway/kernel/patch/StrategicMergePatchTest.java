package dev.slipway.kernel.patch;

import static dev.slipway.kernel.patch.Fruit.tree;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.model.ProblemException;
import dev.slipway.kernel.schema.Definitions;
import dev.slipway.kernel.schema.Schema;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrategicMergePatchTest {
    private static final Schema POD = Definitions.load().schema("io.k8s.api.core.v1.Pod");

    private static final String CONTAINERS =
            "{containers: [{name: m, image: i, args: [x]}, {name: s, image: j}]}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {containers: [{name: s, image: new}]}                   | [{name: m, image: i, args: [x]}, {name: s, image: new}]
                    {containers: [{name: 'n', image: k}]}                     | [{name: 'n', image: k}, {name: m, image: i, args: [x]}, {name: s, image: j}]
                    {containers: [{name: m, args: ['y', z]}]}                 | [{name: m, image: i, args: ['y', z]}, {name: s, image: j}]
                    {containers: [{name: m, args: null}]}                   | [{name: m, image: i}, {name: s, image: j}]
                    {containers: [{name: m, $patch: delete}]}               | [{name: s, image: j}]
                    {containers: [{$patch: replace}, {name: 'n'}]}            | [{name: 'n'}]
                    {$setElementOrder/containers: [{name: s}, {name: m}]}   | [{name: s, image: j}, {name: m, image: i, args: [x]}]
                    {$setElementOrder/containers: [{name: s}, {name: m}], containers: [{name: s, image: k}]} | [{name: s, image: k}, {name: m, image: i, args: [x]}]
                    {containers: [{name: 'n', env: [{name: A, value: "1"}, {name: B, $patch: delete}]}]} | [{name: 'n', env: [{name: A, value: "1"}]}, {name: m, image: i, args: [x]}, {name: s, image: j}]
                    """)
    void mergesListsByTheirKey(String patch, String expected) {
        assertThat(patched(CONTAINERS, patch).get("containers"))
                .isEqualTo(tree("{x: %s}".formatted(expected)).get("x"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {nodeSelector: {a: "1"}}  | {nodeSelector: {b: "2"}}                   | {nodeSelector: {a: "1", b: "2"}}
                    {nodeSelector: {a: "1"}}  | {nodeSelector: {a: null}}                  | {nodeSelector: {}}
                    {nodeSelector: {a: "1"}}  | {nodeSelector: null}                       | {}
                    {nodeSelector: {a: "1"}}  | {nodeSelector: {$patch: replace, b: "2"}}  | {nodeSelector: {b: "2"}}
                    {nodeSelector: {a: "1"}}  | {nodeSelector: {$patch: delete}}           | {nodeSelector: {}}
                    {}                        | {nodeSelector: {$patch: merge, b: "2"}}    | {nodeSelector: {b: "2"}}
                    {tolerations: [{key: a}]} | {tolerations: [{key: b}]}                  | {tolerations: [{key: b}]}
                    {securityContext: {runAsUser: 1, fsGroup: 2}} | {securityContext: {$retainKeys: [runAsUser], runAsUser: 3}} | {securityContext: {runAsUser: 3}}
                    {}                        | {securityContext: {runAsUser: null, fsGroup: 1}} | {securityContext: {fsGroup: 1}}
                    {volumes: [{name: v, emptyDir: {}}]} | {volumes: [{name: v, $retainKeys: [name, configMap], configMap: {name: c}}]} | {volumes: [{name: v, configMap: {name: c}}]}
                    """)
    void mergesMaps(String original, String patch, String expected) {
        assertThat(patched(original, patch)).isEqualTo(tree(expected));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {finalizers: [b, c]}                             | [a, b, c]
                    {$deleteFromPrimitiveList/finalizers: [a]}       | [b]
                    {$setElementOrder/finalizers: [b, a]}            | [b, a]
                    {$deleteFromPrimitiveList/finalizers: [a], $setElementOrder/finalizers: [c, b], finalizers: [c]} | [c, b]
                    """)
    void mergesListsOfScalars(String patch, String expected) {
        var merged =
                StrategicMergePatch.apply(
                        tree("{metadata: {finalizers: [a, b]}}"),
                        tree("{metadata: %s}".formatted(patch)),
                        POD);
        assertThat(Json.at(merged, "metadata", "finalizers"))
                .isEqualTo(tree("{x: %s}".formatted(expected)).get("x"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {containers: [{image: new}]}                         | map: map[image:new] does not contain declared merge key: name
                    {containers: [{$patch: delete, image: new}]}         | map: map[$patch:delete image:new] does not contain declared merge key: name
                    {containers: [{$patch: explode, name: m}]}           | unknown patch type: explode in map: map[$patch:explode name:m]
                    {nodeSelector: {$patch: explode}}                    | unknown patch type: explode in map: map[$patch:explode]
                    {containers: [{$patch: merge, name: m}]}             | merging lists cannot yet be specified in the patch
                    {securityContext: {$retainKeys: [a], fsGroup: 1}}    | patch content doesn't match retainKeys list
                    {securityContext: {$retainKeys: a}}                  | invalid patch format of retainKeys
                    {$setElementOrder/containers: a}                     | invalid patch format of setElementOrder list
                    {nodeSelector: [a]}                                  | ` "" is invalid: patch: Invalid value: "map[spec:map[nodeSelector:[a]]]": cannot restore map from slice`
                    {containers: {a: b}}                                 | ` "" is invalid: patch: Invalid value: "map[spec:map[containers:map[a:b]]]": cannot restore slice from map`
                    """)
    void refusesWhatMakesNoSense(String patch, String message) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> patched(CONTAINERS, patch))
                .withMessage(message)
                .satisfies(e -> assertThat(e.problem().reason()).isEqualTo(Reason.INVALID));
    }

    @Test
    void refusesAnOrderThatDoesNotListWhatIsPatched() {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() ->
                        patched(
                                CONTAINERS,
                                "{$setElementOrder/containers: [{name: s}], containers: [{name: 'n', image: 'n'}]}"))
                .withMessage(
                        "The order in patch list:\n[map[image:n name:n]]\n doesn't match $setElementOrder list:\n[map[name:s]]\n");
    }

    @Test
    void namesTheFieldInTheCause() {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> patched(CONTAINERS, "{containers: [{image: new}]}"))
                .satisfies(e ->
                        assertThat(e.problem().causes().getFirst().field())
                                .isEqualTo("spec.containers"));
    }

    @Test
    void leavesItsArgumentsAlone() {
        var original = tree("{spec: %s}".formatted(CONTAINERS));
        var patch = tree("{spec: {containers: [{name: m, image: k}, {name: s, $patch: delete}]}}");
        var originalBefore = Json.copy(original);
        var patchBefore = Json.copy(patch);
        StrategicMergePatch.apply(original, patch, POD);
        assertThat(original).isEqualTo(originalBefore);
        assertThat(patch).isEqualTo(patchBefore);
    }

    private static Map<String, Object> patched(String original, String patch) {
        var merged =
                StrategicMergePatch.apply(
                        tree("{spec: %s}".formatted(original)),
                        tree("{spec: %s}".formatted(patch)),
                        POD);
        return Json.object(merged, "spec");
    }
}
