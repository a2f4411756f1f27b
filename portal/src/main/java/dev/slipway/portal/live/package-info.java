/// Tells open pages that they are no longer true. [dev.slipway.portal.live.Live] answers `/live`;
/// [dev.slipway.portal.live.Pulse] watches the API once for all pages that a user has open.
@NullMarked
package dev.slipway.portal.live;

import org.jspecify.annotations.NullMarked;
