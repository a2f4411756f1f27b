/// Graphs: kinds that a `ResourceGraphDefinition` defines, and the resources behind each of their instances. Read
/// [dev.slipway.graph.Graphs] first.
@NullMarked
package dev.slipway.graph;

import org.jspecify.annotations.NullMarked;
