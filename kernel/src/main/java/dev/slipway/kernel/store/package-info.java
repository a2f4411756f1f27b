/// The one log and the state folded from it. Read [dev.slipway.kernel.store.Store] first.
@NullMarked
package dev.slipway.kernel.store;

import org.jspecify.annotations.NullMarked;
