/// The portal over an API that is held in memory.
@NullMarked
package dev.slipway.portal;

import org.jspecify.annotations.NullMarked;
