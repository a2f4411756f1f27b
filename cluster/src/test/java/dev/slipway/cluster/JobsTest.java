package dev.slipway.cluster;

import static dev.slipway.cluster.Played.number;
import static dev.slipway.cluster.Played.said;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.Resource;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JobsTest {
    private static final String INDEX = "batch.kubernetes.io/job-completion-index";

    private final Played played = new Played();

    @AfterEach
    void close() {
        played.close();
    }

    @Test
    void knowsItsPodsByLabelsThatAreGenerated() {
        played.apply(job("suspend: true", ""));

        var job = job();
        var labels =
                Map.of(
                        "batch.kubernetes.io/controller-uid",
                        job.uid(),
                        "batch.kubernetes.io/job-name",
                        "work",
                        "controller-uid",
                        job.uid(),
                        "job-name",
                        "work");
        assertThat(job.at("spec", "template", "metadata", "labels")).isEqualTo(labels);
        assertThat(job.labels()).isEqualTo(labels);
        assertThat(job.at("spec", "selector", "matchLabels"))
                .isEqualTo(Map.of("batch.kubernetes.io/controller-uid", job.uid()));
        assertThat(job.at("spec", "manualSelector")).isEqualTo(false);
    }

    @Test
    void leavesTheSelectorToWhoSeesToIt() {
        played.apply(
                job(
                        "manualSelector: true, selector: {matchLabels: {app: x}}",
                        "metadata: {labels: {app: x}}, "));
        assertThat(job().at("spec", "selector", "matchLabels")).isEqualTo(Map.of("app", "x"));
        assertThat(played.pod().labels()).isEqualTo(Map.of("app", "x"));
    }

    @Test
    void refusesASelectorThatItDidNotGenerate() {
        assertThatThrownBy(() -> played.apply(job("selector: {matchLabels: {app: x}}", "")))
                .hasMessageContaining("spec.selector: Invalid value")
                .hasMessageContaining("`selector` not auto-generated");
        assertThatThrownBy(() -> played.apply(job("manualSelector: true", "")))
                .hasMessageContaining("spec.selector: Required value");
    }

    @Test
    void givesEachPodOfAnIndexedJobItsPart() {
        played.apply(job("completionMode: Indexed, completions: 4, parallelism: 4", ""));

        assertThat(played.pods())
                .extracting(pod -> pod.label(INDEX).orElseThrow())
                .containsExactlyInAnyOrder("0", "1", "2", "3");
        assertThat(played.pods())
                .allSatisfy(pod -> {
                    var name = "work-" + pod.label(INDEX).orElseThrow();
                    assertThat(pod.name()).startsWith(name + "-");
                    assertThat(pod.at("spec", "hostname")).isEqualTo(name);
                    assertThat(pod.annotation(INDEX)).isEqualTo(pod.label(INDEX));
                    assertThat(pod.spec().toString()).contains("JOB_COMPLETION_INDEX");
                });
        played.pass("4S");
        assertThat(job().status().get("completedIndexes")).isEqualTo("0-3");
        assertThat(said(job(), "Complete")).isEqualTo("True CompletionsReached");
    }

    @Test
    void failsTheIndexesThatFailTooOftenAndGoesOnWithTheOthers() {
        played.cluster("faults: [{fault: Exit=3, kind: Pod, name: 'work-1-*'}]");
        played.apply(
                job(
                        "completionMode: Indexed, completions: 3, parallelism: 3, backoffLimitPerIndex: 1",
                        ""));
        assertThat(job().at("spec", "backoffLimit")).isEqualTo((long) Integer.MAX_VALUE);
        played.pass("10S");
        assertThat(played.pods()).hasSize(3);
        played.pass("10S");

        assertThat(job().status())
                .containsEntry("completedIndexes", "0,2")
                .containsEntry("failedIndexes", "1")
                .containsEntry("failed", 2L)
                .containsEntry("succeeded", 2L);
        assertThat(said(job(), "Failed")).isEqualTo("True FailedIndexes");
    }

    @Test
    void failsAtOnceWhereItsPolicySaysSo() {
        played.cluster("faults: [{fault: Exit=42, kind: Job}]");
        played.apply(
                job(
                        "podFailurePolicy: {rules: [{action: FailJob, onExitCodes: {operator: In, values: [42]}}]}",
                        ""));
        played.pass("4S");

        assertThat(said(job(), "Failed")).isEqualTo("True PodFailurePolicy");
        assertThat(Played.condition(job(), "Failed").get("message"))
                .asString()
                .contains("failed with exit code 42 matching FailJob rule at index 0");
    }

    @Test
    void waitsTwiceAsLongAfterEachPodThatFails() {
        played.cluster("faults: [{fault: Exit=1, kind: Job}]");
        played.apply(job("backoffLimit: 2", ""));
        played.pass("8S");
        assertThat(played.pods()).hasSize(1);
        played.pass("8S");
        assertThat(played.pods()).hasSize(2);
        played.pass("14S");
        assertThat(played.pods()).hasSize(2);
        played.pass("18S");
        assertThat(said(job(), "Failed")).isEqualTo("True BackoffLimitExceeded");
        assertThat(number(job(), "failed")).isEqualTo(3);
    }

    @Test
    void makesUpForOneOfAllTheMomentsThatWereMissed() {
        played.apply(
                "{apiVersion: batch/v1, kind: CronJob, metadata: {name: tick}, spec: {schedule: '* * * * *', suspend: true, jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: main, image: x}]}}}}}}");
        played.pass("86400S");
        played.merge("batch/v1", "CronJob", "tick", "{spec: {suspend: false}}");
        assertThat(played.list(KindKey.of("batch", "jobs"))).hasSize(1);
        assertThat(played.get("batch/v1", "CronJob", "tick").status().get("lastScheduleTime"))
                .asString()
                .startsWith("2026-01-02T00:0");
    }

    @Test
    void isDoneWhenEnoughIndexesSucceeded() {
        played.apply(
                job(
                        "completionMode: Indexed, completions: 5, parallelism: 1, successPolicy: {rules: [{succeededCount: 2}]}",
                        ""));
        played.pass("8S");

        assertThat(said(job(), "Complete")).isEqualTo("True SuccessPolicy");
        assertThat(job().status()).containsEntry("completedIndexes", "0,1");
    }

    @Test
    void restsWhileItIsSuspended() {
        played.apply(job("", ""));
        played.pass("1S");
        played.merge("batch/v1", "Job", "work", "{spec: {suspend: true}}");
        assertThat(played.pods()).isEmpty();
        assertThat(said(job(), "Suspended")).isEqualTo("True JobSuspended");
        var begun = job().status().get("startTime");

        played.pass("60S");
        played.merge("batch/v1", "Job", "work", "{spec: {suspend: false}}");
        played.pass("4S");
        assertThat(said(job(), "Suspended")).isEqualTo("False JobResumed");
        assertThat(job().status().get("startTime")).isNotEqualTo(begun);
        assertThat(said(job(), "Complete")).isEqualTo("True CompletionsReached");
        assertThat(played.list(KindKey.of("", "events")))
                .extracting(event -> event.tree().get("reason"))
                .contains("Suspended", "Resumed", "Completed");
    }

    @Test
    void failsWhenItTakesTooLongAndLeavesAfterAWhile() {
        played.cluster("pace: {run: 1h}");
        played.apply(job("activeDeadlineSeconds: 5, ttlSecondsAfterFinished: 30", ""));
        played.pass("8S");
        assertThat(said(job(), "Failed")).isEqualTo("True DeadlineExceeded");
        assertThat(number(job(), "failed")).isEqualTo(1);
        assertThat(number(job(), "active")).isZero();

        played.pass("40S");
        assertThat(played.list(KindKey.of("batch", "jobs"))).isEmpty();
    }

    @Test
    void waitsForAllWhereItDoesNotCount() {
        played.apply(job("parallelism: 2, completions: null", ""));
        assertThat(played.pods()).hasSize(2);
        played.pass("4S");

        assertThat(number(job(), "succeeded")).isEqualTo(2);
        assertThat(said(job(), "Complete")).isEqualTo("True CompletionsReached");
        assertThat(played.pods()).hasSize(2);
    }

    private Resource job() {
        return played.get("batch/v1", "Job", "work");
    }

    private static String job(String spec, String template) {
        return """
        apiVersion: batch/v1
        kind: Job
        metadata: {name: work}
        spec: {%s, template: {%sspec: {restartPolicy: Never, containers: [{name: main, image: x}]}}}
        """
                .formatted(spec.isEmpty() ? "backoffLimit: 6" : spec, template);
    }
}
