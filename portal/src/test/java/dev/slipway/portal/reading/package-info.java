/// What is read from the API.
@NullMarked
package dev.slipway.portal.reading;

import org.jspecify.annotations.NullMarked;
