/// Reading and writing resources: the one path that every write takes. Read [dev.slipway.kernel.resources.Resources] first.
@NullMarked
package dev.slipway.kernel.resources;

import org.jspecify.annotations.NullMarked;
