/// How resources refer to each other: a view of the log. Read [dev.slipway.kernel.relations.RelationsView] first, then
/// [dev.slipway.kernel.relations.Relation] for what features state.
@NullMarked
package dev.slipway.kernel.relations;

import org.jspecify.annotations.NullMarked;
