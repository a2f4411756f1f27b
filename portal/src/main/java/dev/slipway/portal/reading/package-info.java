/// What the portal reads from the API, as values: kinds, tables, states, relations, revisions.
///
/// Read [dev.slipway.portal.reading.ApiKind] first. Nothing here knows a kind by name.
@NullMarked
package dev.slipway.portal.reading;

import org.jspecify.annotations.NullMarked;
