package dev.slipway.kernel.store;

import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.model.ProblemException;
import dev.slipway.kernel.model.ResourceKey;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Turns what is stored into bodies, and confidential bodies into what is stored. Safe for any thread.
final class Vault {
    /// A body as it was found.
    record Content(byte[] body, Seal seal) {}

    /// Data keys are unwrapped for each body that is read: that costs no more than to open the body itself.
    private final Optional<MasterKey> master;

    /// Whether it is known to be this store's key: what it does not open is damaged then.
    private final boolean proven;

    private Vault(Optional<MasterKey> master, boolean proven) {
        this.master = master;
        this.proven = proven;
    }

    static Vault of(MasterKey master) {
        return new Vault(Optional.of(master), false);
    }

    /// With a key that has opened something of the store.
    static Vault proven(MasterKey master) {
        return new Vault(Optional.of(master), true);
    }

    /// Opens nothing: of sealed bodies it gives the names alone, which is enough to check and to copy a store.
    static Vault locked() {
        return new Vault(Optional.empty(), false);
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
        return Optional.ofNullable(wrapped)
                .flatMap(there -> dataKey(sealed.uid(), there))
                .flatMap(dataKey -> sealed.open(key, dataKey))
                .map(body -> new Content(body, Seal.SEALED))
                .orElseGet(() -> new Content(sealed.remains(key), Seal.SHREDDED));
    }

    /// What exists, with its body opened; empty where its data key is missing or damaged.
    ///
    /// @param keys the data keys by uid
    Optional<StoredObject> opened(StoredObject stored, Map<String, byte[]> keys) {
        if (!SealedBody.is(stored.body())) {
            return Optional.of(stored);
        }
        var sealed = SealedBody.read(stored.body());
        return Optional.ofNullable(keys.get(sealed.uid()))
                .flatMap(wrapped -> master().unwrap(sealed.uid(), wrapped))
                .flatMap(dataKey -> sealed.open(stored.key(), dataKey))
                .map(body -> new StoredObject(stored.key(), stored.revision(), body));
    }

    /// The data key of a resource; empty where it is damaged. Throws where another key wrapped it.
    Optional<byte[]> dataKey(String uid, byte[] wrapped) {
        var key = master().unwrap(uid, wrapped);
        if (key.isEmpty() && !proven && !master().wrapped(wrapped)) {
            throw otherKey();
        }
        return key;
    }

    byte[] wrap(String uid, byte[] dataKey) {
        return master().wrap(uid, dataKey);
    }

    /// Refuses to add to what another key has begun.
    ///
    /// @param wrapped some data keys of the store
    void refuseOther(List<byte[]> wrapped) {
        if (!wrapped.isEmpty() && wrapped.stream().noneMatch(master()::wrapped)) {
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
