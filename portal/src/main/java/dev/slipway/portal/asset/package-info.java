/// What pages load beside themselves: style, icons, scripts. [dev.slipway.portal.asset.Assets] is all of it.
@NullMarked
package dev.slipway.portal.asset;

import org.jspecify.annotations.NullMarked;
