/// The functions that expressions may call, in groups: start at [dev.slipway.expression.library.Library].
@NullMarked
package dev.slipway.expression.library;

import org.jspecify.annotations.NullMarked;
