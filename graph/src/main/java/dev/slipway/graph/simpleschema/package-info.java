/// SimpleSchema, kro's short notation for the fields of a kind, and its translation to OpenAPI. Read
/// [dev.slipway.graph.simpleschema.SimpleSchema] first.
@NullMarked
package dev.slipway.graph.simpleschema;

import org.jspecify.annotations.NullMarked;
