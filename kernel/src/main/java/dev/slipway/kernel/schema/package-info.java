/// The shape of a kind, and what is done by it: structural schemas are read from OpenAPI ([SchemaReader]) or from the
/// facts about Kubernetes' own kinds ([Definitions]), and objects are pruned ([Pruning]), completed ([Defaulting]) and
/// checked ([Validation], then [Rules]) by them, in that order.
///
/// Read [dev.slipway.kernel.schema.Schema] first. All of it is functions on trees; what changes a tree says so.
@NullMarked
package dev.slipway.kernel.schema;

import org.jspecify.annotations.NullMarked;
