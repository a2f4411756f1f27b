package dev.slipway.control.core;

import java.util.LinkedHashSet;

/// The uids of resources that went lately, [Owners#MAX_GONE] of them. Used by one thread at a time.
final class Gone {
    private final LinkedHashSet<String> uids = new LinkedHashSet<>();

    void add(String uid) {
        uids.add(uid);
        if (uids.size() > Owners.MAX_GONE) {
            uids.removeFirst();
        }
    }

    boolean contains(String uid) {
        return uids.contains(uid);
    }
}
