/// What everything speaks of: keys, trees, resources and problems. Read [dev.slipway.kernel.model.Resource] first.
@NullMarked
package dev.slipway.kernel.model;

import org.jspecify.annotations.NullMarked;
