package dev.slipway.control.core;

import dev.slipway.control.Occurrence;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.store.State;
import java.util.Collection;
import java.util.List;

/// Who owns what, by the owner's uid; and which uids went lately.
interface Owners {
    /// How many uids of deleted resources are remembered, the newest ones.
    int MAX_GONE = 10_000;

    /// How many resources of one chain of owners are looked at.
    int MAX_CHAIN = 1_000;

    /// Begins with everything that exists; answers the keys that have to be looked at, because nobody else will ask for
    /// them.
    Collection<ResourceKey> load(State state);

    /// Takes in one event.
    void fold(Occurrence occurrence);

    /// The resources that name this uid as an owner.
    List<ResourceKey> dependents(String uid);

    /// Whether the resource with this uid was deleted lately.
    boolean gone(String uid);

    /// Whether a resource owns another through any number of others; looks at [#MAX_CHAIN] at most.
    boolean owns(String owner, String owned);
}
