/// app.
@NullMarked
package dev.slipway.app;

import org.jspecify.annotations.NullMarked;
