package dev.slipway.kernel.store;

import dev.slipway.kernel.model.ResourceKey;
import java.time.Instant;

/// One entry of the log.
///
/// @param number strictly increasing over the whole store; the resource's `resourceVersion`
/// @param previous the number of the same key's revision before this one, 0 for the first and after a deletion
/// @param batch the first number of the commit that this revision belongs to
/// @param body as in [Change#body()]; where it was shredded, no more than the names of the resource
public record Revision(
        long number,
        ResourceKey key,
        String uid,
        Operation operation,
        long previous,
        Attribution attribution,
        Instant time,
        long batch,
        byte[] body,
        Seal seal) {
    /// A revision that is not sealed.
    public Revision(
            long number,
            ResourceKey key,
            String uid,
            Operation operation,
            long previous,
            Attribution attribution,
            Instant time,
            long batch,
            byte[] body) {
        this(number, key, uid, operation, previous, attribution, time, batch, body, Seal.OPEN);
    }

    /// Whether its content is gone, because its key was destroyed when the resource was deleted.
    public boolean shredded() {
        return seal == Seal.SHREDDED;
    }

    /// The same without its content.
    Revision shred() {
        return new Revision(
                number,
                key,
                uid,
                operation,
                previous,
                attribution,
                time,
                batch,
                Remains.of(object(), uid),
                Seal.SHREDDED);
    }

    /// What the deletion left of the resource, in the place of what this revision held.
    StoredObject leftBy(Revision deletion) {
        return new StoredObject(key, number, Remains.marked(deletion));
    }

    /// What can be told of the resource where its key is damaged, with an annotation that says so.
    StoredObject unreadable() {
        return Remains.unreadable(key, number, body);
    }

    /// The resource as of this revision.
    public StoredObject object() {
        return new StoredObject(key, number, body);
    }

    /// The same with another body.
    Revision with(byte[] body) {
        return new Revision(number, key, uid, operation, previous, attribution, time, batch, body);
    }
}
