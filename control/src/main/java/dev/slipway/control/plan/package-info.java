/// Platforms in memory, where controllers show what they would do. Read [dev.slipway.control.plan.Overlay] first.
@NullMarked
package dev.slipway.control.plan;

import org.jspecify.annotations.NullMarked;
