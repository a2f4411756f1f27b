package dev.slipway.kernel.store;

import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.model.ProblemException;
import dev.slipway.kernel.model.ResourceKey;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Turns what is stored into bodies, and confidential bodies into what is stored. Safe for any thread.
final class Vault {
    /// A body as it was found.
    record Content(byte[] body, Seal seal) {}

    /// Data keys are unwrapped for each body that is read: that costs no more than to open the body itself.
    private final Optional<MasterKey> master;

    private Vault(Optional<MasterKey> master) {
        this.master = master;
    }

    static Vault of(MasterKey master) {
        return new Vault(Optional.of(master));
    }

    /// Opens nothing: of sealed bodies it gives the names alone, which is enough to check and to copy a store.
    static Vault locked() {
        return new Vault(Optional.empty());
    }

    boolean isLocked() {
        return master.isEmpty();
    }

    /// @param wrapped the data key as it lies beside the body; null where there is none
    Content content(ResourceKey key, byte[] stored, byte @Nullable [] wrapped) {
        if (!SealedBody.is(stored)) {
            return new Content(stored, Seal.OPEN);
        }
        var sealed = SealedBody.read(stored);
        if (isLocked()) {
            return new Content(sealed.remains(key), Seal.SEALED);
        }
        if (wrapped == null) {
            return new Content(sealed.remains(key), Seal.SHREDDED);
        }
        var body =
                sealed.open(key, dataKey(sealed.uid(), wrapped))
                        .orElseThrow(() ->
                                SqlRows.damaged(
                                        "the sealed body of %s does not open with its key"
                                                .formatted(key)));
        return new Content(body, Seal.SEALED);
    }

    /// What exists, with its body opened.
    ///
    /// @param keys the data keys by uid
    StoredObject opened(StoredObject stored, Map<String, byte[]> keys) {
        var key = stored.key();
        if (!SealedBody.is(stored.body())) {
            return stored;
        }
        var uid = SealedBody.read(stored.body()).uid();
        var content = content(key, stored.body(), keys.get(uid));
        if (content.seal() == Seal.SHREDDED) {
            throw SqlRows.damaged("the data key of %s is missing".formatted(key));
        }
        return new StoredObject(key, stored.revision(), content.body());
    }

    /// The data key of a resource.
    byte[] dataKey(String uid, byte[] wrapped) {
        var key = master();
        if (!key.wrapped(wrapped)) {
            throw otherKey();
        }
        return key.unwrap(uid, wrapped)
                .orElseThrow(() ->
                        SqlRows.damaged("the data key of uid %s does not unwrap".formatted(uid)));
    }

    byte[] wrap(String uid, byte[] dataKey) {
        return master().wrap(uid, dataKey);
    }

    /// Refuses to add to what another key has begun.
    void refuseOther(byte[] wrapped) {
        if (!master().wrapped(wrapped)) {
            throw otherKey();
        }
    }

    SecureRandom random() {
        return master().random();
    }

    private MasterKey master() {
        return master.orElseThrow(() -> new IllegalStateException("a locked vault"));
    }

    private static ProblemException otherKey() {
        return Problem.of(
                        Reason.INTERNAL_ERROR,
                        "this process has another keys/secrets.key than the one that sealed this store's secrets:"
                                + " all processes of a store need the same")
                .exception();
    }
}
