/// Plays what makes pods: deployments, replica sets, stateful sets, daemon sets.
@NullMarked
package dev.slipway.cluster.workload;

import org.jspecify.annotations.NullMarked;
