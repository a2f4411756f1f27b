/// The pages of the platform, rendered on the server, complete without a script. Read [dev.slipway.portal.Portal]
/// first, then [dev.slipway.portal.page].
@NullMarked
package dev.slipway.portal;

import org.jspecify.annotations.NullMarked;
