/// expression.
@NullMarked
package dev.slipway.expression;

import org.jspecify.annotations.NullMarked;
