/// What the played parts of a cluster share: its settings, its pace, its faults, and the stage on which players read and write.
@NullMarked
package dev.slipway.cluster.simulation;

import org.jspecify.annotations.NullMarked;
