package dev.slipway.control.core;

import dev.slipway.kernel.admission.Admission;
import dev.slipway.kernel.admission.Admitter;
import dev.slipway.kernel.admission.Verdict;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.store.Operation;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/// Turns a secret's `stringData` into `data`, as it is written and never read.
final class SecretAdmitter implements Admitter {
    private static final KindKey SECRETS = KindKey.of("", "secrets");

    @Override
    public boolean concerns(KindKey kind) {
        return kind.equals(SECRETS);
    }

    @Override
    public Verdict admit(Admission admission) {
        var secret = admission.object();
        if (admission.operation() != Operation.DELETE) {
            encode(secret);
        }
        return Verdict.admitted(secret);
    }

    private static void encode(Resource secret) {
        if (secret.tree().remove("stringData") instanceof Map<?, ?> texts && !texts.isEmpty()) {
            var data = Json.child(secret.tree(), "data");
            Json.cast(texts).forEach((key, text) -> data.put(key, base64(String.valueOf(text))));
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
