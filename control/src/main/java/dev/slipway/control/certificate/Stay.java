package dev.slipway.control.certificate;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// How long a request for a certificate stays: as long as in Kubernetes.
record Stay(Resource request) {
    /// After it was answered: whoever asked has fetched the answer by then.
    static final Duration ANSWERED = Duration.ofHours(1);

    /// While somebody is yet to decide, or to sign.
    static final Duration OPEN = Duration.ofHours(24);

    Instant until() {
        var over = said("Denied").or(() -> said("Failed"));
        if (over.isPresent()) {
            return over.get().plus(ANSWERED);
        }
        var approved = said("Approved");
        return approved.isEmpty()
                ? made().plus(OPEN)
                : approved.get().plus(isIssued() ? ANSWERED : OPEN);
    }

    private boolean isIssued() {
        return !Json.string(request.status(), "certificate").isEmpty();
    }

    /// When a condition was said last.
    private Optional<Instant> said(String type) {
        return Json.list(request.status(), "conditions").stream()
                .filter(Map.class::isInstance)
                .map(one -> Json.cast((Map<?, ?>) one))
                .filter(one -> type.equals(one.get("type")))
                .map(one ->
                        Stream.of("lastUpdateTime", "lastTransitionTime")
                                .map(key -> Json.string(one, key))
                                .filter(time -> !time.isEmpty())
                                .findFirst()
                                .map(Instant::parse)
                                .orElseGet(this::made))
                .findFirst();
    }

    private Instant made() {
        return Instant.parse(Json.string(request.metadata(), "creationTimestamp"));
    }
}
