/// Changes of objects as pure functions on trees: the three patch formats, and field ownership with server-side apply.
///
/// Read [dev.slipway.kernel.patch.Apply] first, then [dev.slipway.kernel.patch.Tracking]. Nothing here mutates what it is
/// given; results share the parts that did not change, so an unchanged object is the same object.
@NullMarked
package dev.slipway.kernel.patch;

import org.jspecify.annotations.NullMarked;
