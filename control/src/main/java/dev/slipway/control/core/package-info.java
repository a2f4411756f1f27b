/// What every Kubernetes API does by itself: namespaces, secrets, CRDs and the collection of what lost its owner.
/// Read [dev.slipway.control.core.Core] first.
@NullMarked
package dev.slipway.control.core;

import org.jspecify.annotations.NullMarked;
