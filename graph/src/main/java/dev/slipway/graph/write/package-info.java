/// How the graph's controllers write. Read [dev.slipway.graph.write.Writes] first.
@NullMarked
package dev.slipway.graph.write;

import org.jspecify.annotations.NullMarked;
