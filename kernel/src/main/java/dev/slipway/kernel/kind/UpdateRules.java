package dev.slipway.kernel.kind;

import java.util.Map;

/// The rules of how workloads proceed, where several fields belong together.
final class UpdateRules {
    private UpdateRules() {}

    /// Of a stateful set's way to update.
    static void rolls(Map<String, Object> strategy, String path, Findings findings) {
        var rolling = strategy.get("rollingUpdate");
        if (rolling != null && !"RollingUpdate".equals(strategy.get("type"))) {
            findings.invalid(
                    path + ".rollingUpdate",
                    rolling,
                    "only allowed for updateStrategy 'RollingUpdate'");
        }
    }

    /// Of a daemon set's pods some must be able to come or to go.
    static void proceeds(Map<String, Object> rolling, String path, Findings findings) {
        if (isNone(rolling.get("maxUnavailable")) && isNone(rolling.get("maxSurge"))) {
            findings.required(path + ".maxUnavailable", "cannot be 0 when maxSurge is 0");
        }
    }

    private static boolean isNone(@org.jspecify.annotations.Nullable Object count) {
        return Long.valueOf(0).equals(count) || "0%".equals(count);
    }

    /// Of a job not more can fail than there is.
    static void mayFail(Map<String, Object> job, String path, Findings findings) {
        if (job.get("maxFailedIndexes") instanceof Long most
                && job.get("completions") instanceof Long all
                && most > all) {
            findings.invalid(
                    path + ".maxFailedIndexes", most, "must be less than or equal to completions");
        }
    }
}
