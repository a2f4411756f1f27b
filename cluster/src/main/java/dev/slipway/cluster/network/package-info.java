/// Plays who stands behind services, and how many stand there under load.
@NullMarked
package dev.slipway.cluster.network;

import org.jspecify.annotations.NullMarked;
