package dev.slipway.cluster;

import static dev.slipway.cluster.Played.number;
import static dev.slipway.cluster.Played.said;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.model.Resource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BudgetTest {
    private final Played played = new Played();

    @AfterEach
    void close() {
        played.close();
    }

    @Test
    void allowsWhatIsMoreThanTheLeast() {
        budget("minAvailable: 2");
        deploy("");
        played.pass("3S");

        assertNumbers(3, 2, 1, 3);
        assertThat(said(budget(), "DisruptionAllowed")).isEqualTo("True SufficientPods");
    }

    @Test
    void allowsNothingWhilePodsAreMissing() {
        budget("maxUnavailable: 1");
        deploy("Slow=1h");
        played.pass("3S");

        assertNumbers(0, 2, 0, 3);
        assertThat(said(budget(), "DisruptionAllowed")).isEqualTo("False InsufficientPods");
    }

    @Test
    void roundsAShareUp() {
        budget("minAvailable: 50%");
        deploy("");
        played.pass("3S");

        assertNumbers(3, 2, 1, 3);
    }

    @Test
    void allowsNothingWhereThereAreNoPods() {
        budget("maxUnavailable: 1");
        played.pass("1S");

        assertNumbers(0, 0, 0, 0);
    }

    private void assertNumbers(long healthy, long desired, long allowed, long expected) {
        var budget = budget();
        assertThat(number(budget, "currentHealthy")).isEqualTo(healthy);
        assertThat(number(budget, "desiredHealthy")).isEqualTo(desired);
        assertThat(number(budget, "disruptionsAllowed")).isEqualTo(allowed);
        assertThat(number(budget, "expectedPods")).isEqualTo(expected);
        assertThat(number(budget, "observedGeneration")).isEqualTo(budget.generation());
    }

    private Resource budget() {
        return played.get("policy/v1", "PodDisruptionBudget", "web");
    }

    private void budget(String spec) {
        played.apply(
                """
                apiVersion: policy/v1
                kind: PodDisruptionBudget
                metadata: {name: web}
                spec: {%s, selector: {matchLabels: {app: web}}}
                """
                        .formatted(spec));
    }

    private void deploy(String fault) {
        var annotations = fault.isEmpty() ? "{}" : "{slipway.dev/simulate: '" + fault + "'}";
        played.apply(
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web, annotations: %s}
                spec: {replicas: 3, selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {containers: [{name: main, image: x}]}}}
                """
                        .formatted(annotations));
    }
}
