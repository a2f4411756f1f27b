/// The software catalog: Backstage's kinds as resources, their rules, and what they refer to. Read
/// [dev.slipway.catalog.Catalog] first; the kinds themselves are data, in `kinds.json`.
@NullMarked
package dev.slipway.catalog;

import org.jspecify.annotations.NullMarked;
