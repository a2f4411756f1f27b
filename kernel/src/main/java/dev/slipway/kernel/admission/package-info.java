/// What may be stored: rules that features add to the write path. Read [dev.slipway.kernel.admission.Admitter] first.
@NullMarked
package dev.slipway.kernel.admission;

import org.jspecify.annotations.NullMarked;
