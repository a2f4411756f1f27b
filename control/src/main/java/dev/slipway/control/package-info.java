/// control.
@NullMarked
package dev.slipway.control;

import org.jspecify.annotations.NullMarked;
