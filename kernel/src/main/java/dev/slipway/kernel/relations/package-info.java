/// How resources refer to each other: a view of the log. Read [dev.slipway.kernel.relations.Relation] first.
@NullMarked
package dev.slipway.kernel.relations;

import org.jspecify.annotations.NullMarked;
