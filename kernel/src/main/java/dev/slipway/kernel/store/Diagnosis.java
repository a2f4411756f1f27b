package dev.slipway.kernel.store;

import java.util.List;

/// What a checkup found.
///
/// @param findings at most [#MAX_FINDINGS], in the order of the places where they are
/// @param more how many findings there are beyond those
/// @param revisions how many revisions could be read
/// @param resources how many resources exist
/// @param newest the number of the newest revision
public record Diagnosis(
        List<Finding> findings, long more, long revisions, long resources, long newest) {
    /// How many findings are told one by one.
    public static final int MAX_FINDINGS = 200;

    public Diagnosis {
        findings = List.copyOf(findings);
    }

    /// Whether nothing is damaged; risks are allowed.
    public boolean sound() {
        return more == 0 && findings.stream().noneMatch(one -> one.harm() == Finding.Harm.DAMAGE);
    }
}
