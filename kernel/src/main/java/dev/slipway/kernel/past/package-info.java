/// The past of resources, read from the log: what they were, what changed, who did it and why.
///
/// Read [dev.slipway.kernel.past.Past] first.
@NullMarked
package dev.slipway.kernel.past;

import org.jspecify.annotations.NullMarked;
