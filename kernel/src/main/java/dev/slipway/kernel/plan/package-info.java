/// What writes would bring about: plans, which are worked out and never stored. Read
/// [dev.slipway.kernel.plan.Plan] first.
@NullMarked
package dev.slipway.kernel.plan;

import org.jspecify.annotations.NullMarked;
