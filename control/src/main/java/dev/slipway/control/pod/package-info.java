/// What a pod is given when it is made, as Kubernetes' own admission does: its priority, what its runtime needs, and
/// where it begins. Read [dev.slipway.control.pod.Pods] first.
@NullMarked
package dev.slipway.control.pod;

import org.jspecify.annotations.NullMarked;
