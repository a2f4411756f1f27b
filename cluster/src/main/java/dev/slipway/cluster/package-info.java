/// Where things are made real: the kind `Cluster`, and the simulated one. Read [dev.slipway.cluster.Clusters] first.
@NullMarked
package dev.slipway.cluster;

import org.jspecify.annotations.NullMarked;
