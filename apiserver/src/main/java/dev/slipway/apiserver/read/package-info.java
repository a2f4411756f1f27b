/// Reading many: lists in chunks, watches, selectors. Read [dev.slipway.apiserver.read.Lists] first.
@NullMarked
package dev.slipway.apiserver.read;

import org.jspecify.annotations.NullMarked;
