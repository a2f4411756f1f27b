package dev.slipway.kernel.store;

import java.util.List;

/// A medium that drops every so-manieth group that it said it had kept.
public final class ForgetfulMedium extends Medium {
    private static final int EVERY = 50;

    private int groups;

    @Override
    protected List<Revision> kept(List<Revision> revisions) {
        return ++groups % EVERY == 0 ? List.of() : revisions;
    }
}
