package dev.slipway.testbed;

import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestTag;
import org.junit.platform.launcher.PostDiscoveryFilter;

/// Leaves the tests that need PostgreSQL out of the run on a machine without it, unless `SLIPWAY_TEST=all` wants them.
/// They are then not there, rather than skipped.
public final class OnlyWhereInstalled implements PostDiscoveryFilter {
    /// What tests that need PostgreSQL are tagged with.
    public static final String TAG = "postgres";

    private final boolean wanted;

    public OnlyWhereInstalled() {
        this.wanted = "all".equals(System.getenv("SLIPWAY_TEST")) || Programs.installed();
    }

    @Override
    public FilterResult apply(TestDescriptor test) {
        return FilterResult.includedIf(wanted || !test.getTags().contains(TestTag.create(TAG)));
    }
}
