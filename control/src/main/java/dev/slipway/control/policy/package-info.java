/// Admission policies that platform teams write as data: `ValidatingAdmissionPolicy` and its bindings, in Kubernetes' own
/// words. Read [dev.slipway.control.policy.PolicyJudge] first.
@NullMarked
package dev.slipway.control.policy;

import org.jspecify.annotations.NullMarked;
