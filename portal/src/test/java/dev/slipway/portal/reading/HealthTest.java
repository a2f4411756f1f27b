package dev.slipway.portal.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthTest {
    @ParameterizedTest
    @CsvSource({
        "Ready, True, Fine, OK",
        "Ready, False, Broken, ERROR",
        "Ready, False, WaitingForChild, PROGRESS",
        "Ready, Unknown, NoAnswer, UNKNOWN",
        "ReferencesResolved, False, Missing, WARNING",
        "ReplicaFailure, True, QuotaExceeded, ERROR",
        "ReplicaFailure, False, Fine, OK",
        "DiskPressure, True, Full, ERROR",
        "Progressing, True, NewReplicaSetAvailable, OK",
    })
    void readsAConditionByItsWords(String type, String status, String reason, State expected) {
        assertThat(health(condition(type, status, reason, "")).state()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "ACTIVE, OK",
        "IN_PROGRESS, PROGRESS",
        "Failed, ERROR",
        "Degraded, WARNING",
        "Sideways, NONE"
    })
    void readsAPhaseWhereThereAreNoConditions(String phase, State expected) {
        var health = Health.of(resource("{\"status\": {\"phase\": \"%s\"}}".formatted(phase)));

        assertThat(health.state()).isEqualTo(expected);
        assertThat(health.word()).isEqualToIgnoringCase(phase.replace('_', ' '));
    }

    @Test
    void isAsBadAsTheWorst() {
        var health =
                health(
                        condition("Ready", "True", "Fine", ""),
                        condition("BackupFresh", "False", "Late", "2 days old"));

        assertThat(health.state()).isEqualTo(State.WARNING);
        assertThat(health.word()).isEqualTo("2 days old");
    }

    @Test
    void tellsTheReasonBeforeTheSummary() {
        var health =
                health(
                        condition("Ready", "False", "NotReady", "not ready"),
                        condition("Failed", "True", "Refused", "refused by quota"));

        assertThat(health.sentence()).isEqualTo("refused by quota");
        assertThat(health.state()).isEqualTo(State.ERROR);
    }

    @Test
    void letsTheVitalConditionSpeakForAllThatAreWell() {
        var health =
                health(
                        condition("NamesAccepted", "True", "Fine", ""),
                        condition("Established", "True", "Fine", ""));

        assertThat(health.word()).isEqualTo("Established");
    }

    @Test
    void cutsALongMessageToItsReason() {
        var health =
                health(
                        condition(
                                "Ready",
                                "False",
                                "NodeFailed",
                                "node migrate failed five times in a row"));

        assertThat(health.word()).isEqualTo("Node failed");
        assertThat(health.sentence()).isEqualTo("node migrate failed five times in a row");
    }

    @Test
    void isInProgressWhileItIsDeleted() {
        var health =
                Health.of(
                        resource(
                                "{\"metadata\": {\"deletionTimestamp\": \"2026-11-19T14:00:00Z\", \"finalizers\": [\"a/b\"]}}"));

        assertThat(health.state()).isEqualTo(State.PROGRESS);
        assertThat(health.sentence()).isEqualTo("Being deleted; waits for a/b");
    }

    @Test
    void saysNothingOfWhatSaysNothing() {
        assertThat(Health.of(resource("{\"status\": {\"replicas\": 3}}")).known()).isFalse();
    }

    private static Health health(String... conditions) {
        return Health.of(
                resource(
                        "{\"status\": {\"conditions\": [%s]}}"
                                .formatted(String.join(",", conditions))));
    }

    private static String condition(String type, String status, String reason, String message) {
        return "{\"type\": \"%s\", \"status\": \"%s\", \"reason\": \"%s\", \"message\": \"%s\"}"
                .formatted(type, status, reason, message);
    }

    private static Resource resource(String json) {
        return new Resource(Json.readObject(json));
    }
}
