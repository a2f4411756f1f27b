/// Plays pods: placing, starting, running, failing, ending.
@NullMarked
package dev.slipway.cluster.pod;

import org.jspecify.annotations.NullMarked;
