package dev.slipway.kernel.kind;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import java.util.Optional;

/// The rules of the classes that pods name: they mean the same for as long as they are there.
record ClassRules(Findings findings) {
    private static final long HIGHEST = 1_000_000_000;

    private static final FieldRules SCHEDULING =
            FieldRules.of(
                    FieldRules.object("scheduling.nodeSelector", FieldChecks.labels()),
                    FieldRules.object("scheduling.tolerations[]", PodFields::toleration),
                    FieldRules.object("overhead.podFixed", FieldChecks.amounts()));

    void priority(Resource priority, Optional<Resource> old) {
        if (priority.tree().get("value") instanceof Long value
                && value > HIGHEST
                && !priority.name().startsWith("system-")) {
            findings.forbidden(
                    "value",
                    "maximum allowed value of a user defined priority is %d".formatted(HIGHEST));
        }
        old.map(Resource::tree)
                .ifPresent(before -> {
                    if (!String.valueOf(before.get("value"))
                            .equals(String.valueOf(priority.tree().get("value")))) {
                        findings.forbidden("value", "may not be changed in an update.");
                    }
                    findings.unchanged(
                            "preemptionPolicy",
                            before.get("preemptionPolicy"),
                            priority.tree().get("preemptionPolicy"));
                });
    }

    void runtime(Resource runtime, Optional<Resource> old) {
        var handler = Json.string(runtime.tree(), "handler");
        findings.invalid("handler", handler, MetadataRules.label(handler));
        SCHEDULING.check(runtime.tree(), "", findings);
        old.ifPresent(
                before -> findings.unchanged("handler", before.tree().get("handler"), handler));
    }
}
