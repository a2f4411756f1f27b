/// graph.
@NullMarked
package dev.slipway.graph;

import org.jspecify.annotations.NullMarked;
