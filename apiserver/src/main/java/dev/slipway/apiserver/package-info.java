/// apiserver.
@NullMarked
package dev.slipway.apiserver;

import org.jspecify.annotations.NullMarked;
