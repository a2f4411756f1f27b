package dev.slipway.kernel.resources;

import dev.slipway.kernel.kind.Kinds.Served;
import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import java.util.List;
import java.util.stream.Stream;

/// The numbers that custom kinds offer for scaling: they are those of replicas.
final class ScaleRule {
    private ScaleRule() {}

    static List<FieldCause> check(Resource object, Served served) {
        var scale = served.version().scale();
        if (scale.isEmpty() || served.kind().rules().builtIn()) {
            return List.of();
        }
        return Stream.of(scale.get().specReplicasPath(), scale.get().statusReplicasPath())
                .flatMap(path -> check(object, path))
                .toList();
    }

    private static Stream<FieldCause> check(Resource object, String path) {
        var names = path.replaceFirst("^\\.", "").split("\\.");
        if (!(Json.at(object.tree(), names) instanceof Long number)) {
            return Stream.of();
        }
        if (number < 0) {
            return Stream.of(FieldCause.invalid(path, number, "should be a non-negative integer"));
        }
        return number <= Integer.MAX_VALUE
                ? Stream.of()
                : Stream.of(
                        FieldCause.invalid(
                                path,
                                number,
                                "should be less than or equal to " + Integer.MAX_VALUE));
    }
}
