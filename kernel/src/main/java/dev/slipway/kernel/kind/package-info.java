/// Kinds: what can be stored, under which names, versions and rules. Read [dev.slipway.kernel.kind.Kind] first.
@NullMarked
package dev.slipway.kernel.kind;

import org.jspecify.annotations.NullMarked;
