/// What needs no server: checking files, and showing what graphs make of them. Read
/// [dev.slipway.app.offline.Workbench] first.
@NullMarked
package dev.slipway.app.offline;

import org.jspecify.annotations.NullMarked;
