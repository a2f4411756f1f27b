/// Definitions at work: the kind that each of them serves, and its status. Read
/// [dev.slipway.graph.definition.DefinitionController] first.
@NullMarked
package dev.slipway.graph.definition;

import org.jspecify.annotations.NullMarked;
