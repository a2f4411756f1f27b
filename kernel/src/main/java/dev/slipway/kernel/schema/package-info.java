/// The shape of a kind: structural schemas and what is done with them. Read [dev.slipway.kernel.schema.Schema] first.
@NullMarked
package dev.slipway.kernel.schema;

import org.jspecify.annotations.NullMarked;
