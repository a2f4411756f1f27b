package dev.slipway.cluster;

import static dev.slipway.cluster.Played.number;
import static dev.slipway.cluster.Played.said;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.Resource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkloadsTest {
    private static final KindKey JOBS = KindKey.of("batch", "jobs");
    private static final KindKey CLAIMS = KindKey.of("", "persistentvolumeclaims");

    private final Played played = new Played();

    @AfterEach
    void close() {
        played.close();
    }

    @Test
    void startsTheNextStatefulPodWhenTheOneBeforeIsReady() {
        stateful(3, "db:1");
        assertThat(played.pods()).extracting(Resource::name).containsExactly("db-0");
        played.pass("1.5S");
        assertThat(played.pods()).extracting(Resource::name).containsExactly("db-0", "db-1");
        played.pass("4S");

        var set = played.get("apps/v1", "StatefulSet", "db");
        assertThat(number(set, "readyReplicas")).isEqualTo(3);
        assertThat(set.status().get("currentRevision"))
                .isEqualTo(set.status().get("updateRevision"));
        assertThat(played.list(CLAIMS))
                .extracting(Resource::name)
                .containsExactly("data-db-0", "data-db-1", "data-db-2");
    }

    @Test
    void replacesStatefulPodsFromTheHighestAndKeepsTheirClaims() {
        stateful(2, "db:1");
        played.pass("4S");
        stateful(2, "db:2");
        assertThat(played.pods()).extracting(Resource::name).contains("db-0");
        played.pass("6S");
        var set = played.get("apps/v1", "StatefulSet", "db");
        assertThat(number(set, "updatedReplicas")).isEqualTo(2);
        assertThat(number(set, "readyReplicas")).isEqualTo(2);

        stateful(0, "db:2");
        played.pass("2S");
        assertThat(played.pods()).isEmpty();
        assertThat(played.list(CLAIMS)).hasSize(2);
    }

    @Test
    void putsADaemonOnEachNodeAndReplacesThem() {
        daemon("log:1");
        played.pass("2S");
        var set = played.get("apps/v1", "DaemonSet", "log");
        assertThat(number(set, "numberAvailable")).isEqualTo(3);
        assertThat(played.pods())
                .extracting(pod -> pod.at("spec", "nodeName"))
                .containsExactlyInAnyOrder("simulated-1", "simulated-2", "simulated-3");

        daemon("log:2");
        played.pass("8S");
        set = played.get("apps/v1", "DaemonSet", "log");
        assertThat(number(set, "updatedNumberScheduled")).isEqualTo(3);
        assertThat(number(set, "numberAvailable")).isEqualTo(3);

        played.cluster("nodes: 1");
        played.pass("2S");
        assertThat(played.pods()).hasSize(1);
    }

    @Test
    void completesAJob() {
        played.apply(job("once", "completions: 3, parallelism: 2, ", "{}"));
        assertThat(played.pods()).hasSize(2);
        played.pass("6S");

        var job = played.get("batch/v1", "Job", "once");
        assertThat(number(job, "succeeded")).isEqualTo(3);
        assertThat(said(job, "Complete")).isEqualTo("True CompletionsReached");
        assertThat(job.status()).containsKeys("startTime", "completionTime");
        var before = played.world().store().state().revision();
        played.pass("600S");
        assertThat(played.world().store().state().revision()).isEqualTo(before);
    }

    @Test
    void failsAJobThatFailsTooOften() {
        played.apply(job("once", "backoffLimit: 1, ", "{slipway.dev/simulate: Exit=3}"));
        played.pass("20S");

        var job = played.get("batch/v1", "Job", "once");
        assertThat(number(job, "failed")).isEqualTo(2);
        assertThat(said(job, "Failed")).isEqualTo("True BackoffLimitExceeded");
    }

    @Test
    void makesJobsWhenTheyAreDueAndForgetsTheOldest() {
        played.apply(
                """
                apiVersion: batch/v1
                kind: CronJob
                metadata: {name: tick}
                spec: {schedule: "*/5 * * * *", successfulJobsHistoryLimit: 2, jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: main, image: x}]}}}}}
                """);
        assertThat(played.list(JOBS)).isEmpty();
        played.pass("310S");
        assertThat(played.list(JOBS)).hasSize(1);
        played.pass("1200S");
        played.pass("10S");

        assertThat(played.list(JOBS)).hasSize(2);
        var cron = played.get("batch/v1", "CronJob", "tick");
        assertThat(cron.status().get("lastScheduleTime")).isEqualTo("2026-01-01T00:25:00Z");
        assertThat(cron.status()).containsKey("lastSuccessfulTime");
        played.merge("batch/v1", "CronJob", "tick", "{spec: {suspend: true}}");
        played.pass("1200S");
        cron = played.get("batch/v1", "CronJob", "tick");
        assertThat(cron.status().get("lastScheduleTime")).isEqualTo("2026-01-01T00:25:00Z");
    }

    @Test
    void countsNoJobThatWasMadeByHand() {
        played.apply(
                """
                apiVersion: batch/v1
                kind: CronJob
                metadata: {name: tick}
                spec: {schedule: "*/5 * * * *", concurrencyPolicy: Forbid, jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: main, image: x}]}}}}}
                """);
        played.apply(
                """
                apiVersion: batch/v1
                kind: Job
                metadata:
                  name: by-hand
                  annotations: {cronjob.kubernetes.io/instantiate: manual, slipway.dev/simulate: Slow=1h}
                  ownerReferences: [{apiVersion: batch/v1, kind: CronJob, name: tick, uid: %s, controller: true}]
                spec: {template: {spec: {restartPolicy: Never, containers: [{name: main, image: x}]}}}
                """
                        .formatted(played.get("batch/v1", "CronJob", "tick").uid()));
        played.pass("10S");
        assertThat(played.get("batch/v1", "CronJob", "tick").status()).doesNotContainKey("active");

        played.pass("291S");
        assertThat(played.list(JOBS)).hasSize(2);
        assertThat(Json.list(played.get("batch/v1", "CronJob", "tick").status(), "active"))
                .hasSize(1);
    }

    private void stateful(int replicas, String image) {
        played.apply(
                """
                apiVersion: apps/v1
                kind: StatefulSet
                metadata: {name: db}
                spec:
                  replicas: %d
                  serviceName: db
                  selector: {matchLabels: {app: db}}
                  template: {metadata: {labels: {app: db}}, spec: {containers: [{name: main, image: "%s"}]}}
                  volumeClaimTemplates: [{metadata: {name: data}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}]
                """
                        .formatted(replicas, image));
    }

    private void daemon(String image) {
        played.apply(
                """
                apiVersion: apps/v1
                kind: DaemonSet
                metadata: {name: log}
                spec: {selector: {matchLabels: {app: log}}, template: {metadata: {labels: {app: log}}, spec: {containers: [{name: main, image: "%s"}]}}}
                """
                        .formatted(image));
    }

    private static String job(String name, String spec, String annotations) {
        return """
        apiVersion: batch/v1
        kind: Job
        metadata: {name: %s, annotations: %s}
        spec: {%stemplate: {spec: {restartPolicy: Never, containers: [{name: main, image: x}]}}}
        """
                .formatted(name, annotations, spec);
    }
}
