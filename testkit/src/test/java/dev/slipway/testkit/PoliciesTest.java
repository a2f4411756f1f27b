package dev.slipway.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.control.access.Access;
import dev.slipway.control.policy.Policies;
import dev.slipway.kernel.access.Rbac;
import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.model.ProblemException;
import dev.slipway.kernel.model.User;
import dev.slipway.kernel.model.Yaml;
import dev.slipway.kernel.resources.Strictness;
import dev.slipway.kernel.resources.WriteOptions;
import dev.slipway.kernel.resources.Written;
import dev.slipway.kernel.store.Attribution;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PoliciesTest {
    private static final User JANE = User.of("jane", List.of("devs", "system:authenticated"));

    private World world;

    @BeforeEach
    void start() {
        var rbac = new Rbac(() -> world.store().state());
        world = World.of(new Access(rbac, "THE AUTHORITY"), new Policies(rbac));
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void refusesWhatAPolicyForbids() {
        policy(
                "no-gold",
                "validations: [{expression: \"object.data.tier != 'gold'\", message: no gold}]");
        map("before", "{tier: gold}");
        bind("no-gold", "validationActions: [Deny]");

        var problem = refused(() -> map("web", "{tier: gold}"));

        assertThat(problem.reason()).isEqualTo(Reason.INVALID);
        assertThat(problem.message())
                .isEqualTo(
                        "configmaps \"web\" is forbidden: ValidatingAdmissionPolicy 'no-gold' with binding 'no-gold'"
                                + " denied request: no gold");
        assertThat(map("web", "{tier: silver}").object().name()).isEqualTo("web");
    }

    @Test
    void asksOfUpdatesAndDeletionsWhereTheRulesSaySo() {
        policy(
                "keep",
                "validations: [{expression: \"request.operation != 'DELETE' || oldObject.data.keep != 'yes'\"}]",
                "DELETE");
        policy("frozen", "validations: [{expression: 'object.data == oldObject.data'}]", "UPDATE");
        bind("keep", "validationActions: [Deny]");
        bind("frozen", "validationActions: [Deny]");
        map("web", "{keep: 'yes'}");

        assertThat(refused(() -> world.delete("v1", "ConfigMap", "default", "web")).message())
                .endsWith(
                        "failed expression: request.operation != 'DELETE' || oldObject.data.keep != 'yes'");
        assertThat(refused(() -> map("web", "{keep: 'no'}")).message())
                .contains("binding 'frozen' denied");
    }

    @Test
    void isSilentWhereNothingBindsIt() {
        policy("never", "validations: [{expression: 'false'}]");

        map("web", "{}");
        bind(
                "never",
                "validationActions: [Deny], matchResources: {namespaceSelector: {matchLabels: {strict: 'yes'}}}");
        map("web2", "{}");
        world.apply(
                "{apiVersion: v1, kind: Namespace, metadata: {name: default, labels: {strict: 'yes'}}}");

        refused(() -> map("web3", "{}"));
    }

    @Test
    void warnsWhereItShallOnlyWarn() {
        policy(
                "soft",
                "validations: [{expression: 'false', messageExpression: \"'look at ' + object.metadata.name\"}]");
        bind("soft", "validationActions: [Warn]");

        assertThat(map("web", "{}").warnings())
                .contains(
                        "Validation failed for ValidatingAdmissionPolicy 'soft' with binding 'soft': look at web");
    }

    @Test
    void readsParametersAndVariables() {
        map("limits", "{most: '2'}");
        policy(
                "few",
                """
                paramKind: {apiVersion: v1, kind: ConfigMap},
                variables: [{name: most, expression: int(params.data.most)}, {name: 'n', expression: object.data.size()}],
                matchConditions: [{name: not-limits, expression: "object.metadata.name != 'limits'"}],
                validations: [{expression: variables.n <= variables.most,
                  messageExpression: "'%d are more than %d'.format([variables.n, variables.most])", reason: Forbidden}]
                """);
        bind(
                "few",
                "validationActions: [Deny], paramRef: {name: limits, namespace: default, parameterNotFoundAction: Deny}");

        map("web", "{a: '1', b: '2'}");
        var problem = refused(() -> map("wide", "{a: '1', b: '2', c: '3'}"));

        assertThat(problem.reason()).isEqualTo(Reason.FORBIDDEN);
        assertThat(problem.message()).endsWith("denied request: 3 are more than 2");
        world.delete("v1", "ConfigMap", "default", "limits");
        assertThat(refused(() -> map("web3", "{}")).message()).contains("no params found");
    }

    @Test
    void asksWhoWritesAndWhatTheyMay() {
        policy(
                "masters",
                """
                validations: [{expression: "!request.userInfo.groups.exists(g, g == 'devs') ||
                  authorizer.group('').resource('secrets').namespace(request.namespace).check('get').allowed()", message: who?}]
                """);
        bind("masters", "validationActions: [Deny]");

        role("maps", "{verbs: [create], apiGroups: [''], resources: [configmaps]}");

        map("web", "{}");
        assertThat(refused(() -> mapBy(JANE, "janes")).message()).endsWith("who?");
        role("secrets", "{verbs: [get], apiGroups: [''], resources: [secrets]}");
        assertThat(mapBy(JANE, "janes").object().name()).isEqualTo("janes");
    }

    @Test
    void isStrictAboutWhatItCannotDecideUnlessToldOtherwise() {
        policy("strict", "validations: [{expression: object.data.none == 'x'}]");
        policy(
                "lax",
                "failurePolicy: Ignore, validations: [{expression: object.data.none == 'x'}]");
        bind("lax", "validationActions: [Deny]");
        map("web", "{a: b}");
        bind("strict", "validationActions: [Deny]");

        assertThat(refused(() -> map("web2", "{a: b}")).message())
                .contains(
                        "'strict' denied request: expression 'object.data.none == 'x'' resulted in error");
    }

    @Test
    void isToldByANamespaceThatCannotGo() {
        world.apply("{apiVersion: v1, kind: Namespace, metadata: {name: team}}");
        world.apply("{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: team}}");
        policy("kept", "validations: [{expression: 'false', message: never}]", "DELETE");
        bind("kept", "validationActions: [Deny]");

        world.delete("v1", "Namespace", "", "team");

        world.eventually(
                "the refusal is told",
                () ->
                        world.find("v1", "Namespace", "", "team")
                                .map(namespace ->
                                        String.valueOf(namespace.status().get("conditions")))
                                .filter(said ->
                                        said.contains("ContentDeletionFailed")
                                                && said.contains("never"))
                                .isPresent());
    }

    @Test
    void canBeTakenBackWhenItRefusesEverything() {
        world.apply(
                """
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingAdmissionPolicy
                metadata: {name: nothing}
                spec:
                  matchConstraints: {resourceRules: [{operations: ['*'], apiGroups: ['*'], apiVersions: ['*'], resources: ['*/*']}]}
                  validations: [{expression: 'false'}]
                """);
        bind("nothing", "validationActions: [Deny]");
        refused(() -> map("web", "{}"));

        world.delete(
                "admissionregistration.k8s.io/v1",
                "ValidatingAdmissionPolicyBinding",
                "",
                "nothing");

        map("web", "{}");
    }

    @Test
    void seesAKindByAnEquivalentVersion() {
        world.apply(
                """
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingAdmissionPolicy
                metadata: {name: scalers}
                spec:
                  matchConstraints: {resourceRules: [{operations: [CREATE], apiGroups: [autoscaling], apiVersions: [v2], resources: [horizontalpodautoscalers]}]}
                  validations: [{expression: 'object.spec.maxReplicas < 3', message: too many}]
                """);
        bind("scalers", "validationActions: [Deny]");

        assertThat(
                        refused(() ->
                                        world.apply(
                                                """
                                                {apiVersion: autoscaling/v1, kind: HorizontalPodAutoscaler, metadata: {name: web},
                                                 spec: {maxReplicas: 5, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}}}
                                                """))
                                .message())
                .endsWith("too many");
    }

    @Test
    void tellsEverythingThatIsWrongWithAPolicy() {
        var problem =
                refused(() ->
                        world.apply(
                                """
                                apiVersion: admissionregistration.k8s.io/v1
                                kind: ValidatingAdmissionPolicy
                                metadata: {name: wrong}
                                spec:
                                  failurePolicy: Perhaps
                                  paramKind: {apiVersion: v1}
                                  matchConstraints: {resourceRules: [{operations: [READ], apiGroups: [''], apiVersions: [v1], resources: [pods]}]}
                                  variables: [{name: a-b, expression: '1'}]
                                  validations: [{expression: 'object.x +', reason: Because}, {expression: '1 + 1'}, {expression: request.nmae == ''}]
                                """));

        assertThat(problem.reason()).isEqualTo(Reason.INVALID);
        assertThat(problem.causes().stream().map(FieldCause::field))
                .containsExactlyInAnyOrder(
                        "spec.failurePolicy",
                        "spec.paramKind.kind",
                        "spec.matchConstraints.resourceRules[0].operations[0]",
                        "spec.variables[0].name",
                        "spec.validations[0].reason",
                        "spec.validations[0].expression",
                        "spec.validations[1].expression",
                        "spec.validations[2].expression");
        assertThat(problem.message()).contains("must evaluate to bool", "undefined field 'nmae'");
    }

    @Test
    void refusesABindingThatSaysNothing() {
        var problem =
                refused(() ->
                        bind(
                                "x",
                                "validationActions: [Deny, Warn, Shout], paramRef: {namespace: a}"));

        assertThat(problem.causes().stream().map(FieldCause::field))
                .containsExactlyInAnyOrder(
                        "spec.validationActions",
                        "spec.validationActions[2]",
                        "spec.paramRef",
                        "spec.paramRef.parameterNotFoundAction");
    }

    /// Gives a role of its own to jane.
    private void role(String name, String rule) {
        world.apply(
                "{apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: {name: %s}, rules: [%s]}"
                        .formatted(name, rule));
        world.apply(
                """
                {apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: {name: %s},
                 roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: %s},
                 subjects: [{kind: User, name: jane}]}
                """
                        .formatted(name, name));
    }

    private void policy(String name, String spec) {
        policy(name, spec, "CREATE");
    }

    private void policy(String name, String spec, String operation) {
        world.apply(
                """
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingAdmissionPolicy
                metadata: {name: %s}
                spec: {matchConstraints: {resourceRules: [{operations: [%s], apiGroups: [''], apiVersions: [v1], resources: [configmaps]}]}, %s}
                """
                        .formatted(name, operation, spec));
    }

    private void bind(String name, String spec) {
        world.apply(
                """
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingAdmissionPolicyBinding
                metadata: {name: %s}
                spec: {policyName: %s, %s}
                """
                        .formatted(name, name, spec));
    }

    private Written map(String name, String data) {
        return world.apply(
                "{apiVersion: v1, kind: ConfigMap, metadata: {name: %s}, data: %s}"
                        .formatted(name, data));
    }

    private Written mapBy(User user, String name) {
        Map<String, Object> tree =
                Json.cast(
                        (Map<?, ?>)
                                Yaml.read(
                                        "{apiVersion: v1, kind: ConfigMap, metadata: {name: %s}}"
                                                .formatted(name)
                                                .getBytes(StandardCharsets.UTF_8)));
        return world.resources()
                .create(
                        world.served("v1", "ConfigMap"),
                        "default",
                        tree,
                        new WriteOptions(
                                        Attribution.of(user.name()),
                                        "test",
                                        false,
                                        Strictness.STRICT)
                                .by(user));
    }

    private static Problem refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable write) {
        return catchThrowableOfType(ProblemException.class, write).problem();
    }
}
