/// From a compiled graph and an instance to the resources behind it. Read
/// [dev.slipway.graph.instance.InstanceController] first.
@NullMarked
package dev.slipway.graph.instance;

import org.jspecify.annotations.NullMarked;
