/// Pages as values.
@NullMarked
package dev.slipway.portal.page;

import org.jspecify.annotations.NullMarked;
