/// Plays kinds by rules that are data: which phases an object goes through, and what its status is in each.
@NullMarked
package dev.slipway.cluster.rule;

import org.jspecify.annotations.NullMarked;
