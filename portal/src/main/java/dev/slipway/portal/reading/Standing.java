package dev.slipway.portal.reading;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// How one resource is, and since when it is as it is: all that a list tells of each, read once.
///
/// @param changed the last time that the resource says it was written
public record Standing(Health health, Instant changed) {
    public static Standing of(Resource resource) {
        var conditions = Condition.of(resource);
        return new Standing(Health.of(resource, conditions), changed(resource, conditions));
    }

    private static Instant changed(Resource resource, List<Condition> conditions) {
        var managers =
                Trees.objects(Json.list(resource.metadata(), "managedFields")).stream()
                        .map(entry -> Trees.moment(entry.get("time")));
        var since = conditions.stream().map(Condition::since);
        var made = Stream.of(Trees.moment(resource.metadata().get("creationTimestamp")));
        return Stream.of(managers, since, made)
                .flatMap(moments -> moments)
                .flatMap(Optional::stream)
                .max(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
    }
}
