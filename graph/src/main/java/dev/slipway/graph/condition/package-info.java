/// Conditions: how a resource says in its status what is the matter. Read
/// [dev.slipway.graph.condition.Condition] first.
@NullMarked
package dev.slipway.graph.condition;

import org.jspecify.annotations.NullMarked;
