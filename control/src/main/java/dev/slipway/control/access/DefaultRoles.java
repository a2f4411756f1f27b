package dev.slipway.control.access;

import dev.slipway.kernel.kind.Kinds.Served;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.Yaml;
import dev.slipway.kernel.resources.Batch;
import dev.slipway.kernel.resources.Resources;
import dev.slipway.kernel.resources.Strictness;
import dev.slipway.kernel.resources.WriteOptions;
import dev.slipway.kernel.store.Attribution;
import dev.slipway.kernel.store.StoredObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// The roles and bindings that every installation begins with: made, and completed where something is missing, at
/// each start. Whoever wants one of them to stay changed says so in its annotation [DefaultRole#AUTOUPDATE].
public final class DefaultRoles {
    private static final WriteOptions OPTIONS =
            new WriteOptions(
                    new Attribution("slipway", List.of(), "start"),
                    "slipway",
                    false,
                    Strictness.STRICT);

    private DefaultRoles() {}

    /// Makes what is missing, in one commit; nothing where nothing is.
    public static void reconcile(Resources resources) {
        var roles = DefaultRole.read(facts());
        if (roles.stream().anyMatch(role -> role.wanting(found(resources, role)).isPresent())) {
            resources.batch(batch -> roles.forEach(role -> put(batch, role)), OPTIONS);
        }
    }

    private static void put(Batch batch, DefaultRole role) {
        var found = batch.state().get(role.kind().resource("", role.name()));
        var served =
                batch.kinds()
                        .byKey(role.kind())
                        .map(Served::stored)
                        .orElseThrow(
                                () -> new IllegalStateException(role.kind() + " is not served"));
        role.wanting(found.map(StoredObject::resource))
                .ifPresent(wanted -> {
                    if (found.isPresent()) {
                        batch.update(served, "", role.name(), wanted);
                    } else {
                        batch.create(served, "", wanted);
                    }
                });
    }

    private static Optional<Resource> found(Resources resources, DefaultRole role) {
        return resources
                .state()
                .get(role.kind().resource("", role.name()))
                .map(StoredObject::resource);
    }

    private static Map<String, Object> facts() {
        try (var in = DefaultRoles.class.getResourceAsStream("default-roles.yaml")) {
            var read = Yaml.read(Objects.requireNonNull(in).readAllBytes());
            return Json.cast((Map<?, ?>) Objects.requireNonNull(read));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
