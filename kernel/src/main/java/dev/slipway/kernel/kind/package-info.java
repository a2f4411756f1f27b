/// Kinds: what can be stored, under which names, versions and rules. They are part of the product ([BuiltInKinds]) or
/// made by definitions ([CustomKinds], held to [CrdRules]); [MetadataRules] hold for the objects of all of them,
/// [BuiltInRules] for those of Kubernetes' own.
///
/// Read [dev.slipway.kernel.kind.Kind] first.
@NullMarked
package dev.slipway.kernel.kind;

import org.jspecify.annotations.NullMarked;
