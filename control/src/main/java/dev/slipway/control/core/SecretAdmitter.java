package dev.slipway.control.core;

import dev.slipway.kernel.admission.Admission;
import dev.slipway.kernel.admission.Admitter;
import dev.slipway.kernel.admission.Verdict;
import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.store.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Refuses values of a secret that are no texts, without repeating them.
final class SecretAdmitter implements Admitter {
    private static final KindKey SECRETS = KindKey.of("", "secrets");

    @Override
    public boolean concerns(KindKey kind) {
        return kind.equals(SECRETS);
    }

    @Override
    public Verdict admit(Admission admission) {
        var secret = admission.object();
        return admission.operation() == Operation.DELETE
                ? Verdict.admitted(secret)
                : Verdict.of(secret, notTexts(secret));
    }

    /// The values themselves are not repeated: they are secrets.
    private static List<FieldCause> notTexts(Resource secret) {
        var causes = new ArrayList<FieldCause>();
        for (var field : List.of("data", "stringData")) {
            if (secret.tree().get(field) instanceof Map<?, ?> values) {
                values.forEach((name, value) -> {
                    if (!(value instanceof String)) {
                        causes.add(
                                new FieldCause(
                                        "FieldValueTypeInvalid",
                                        "%s[%s]".formatted(field, name),
                                        "Invalid value: must be of type string: in YAML, quote numbers and dates"));
                    }
                });
            }
        }
        return causes;
    }
}
