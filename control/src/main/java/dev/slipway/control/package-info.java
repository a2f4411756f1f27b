/// The controller runtime: a keyed queue that wakes controllers for what changed. Read
/// [dev.slipway.control.Controller] first.
@NullMarked
package dev.slipway.control;

import org.jspecify.annotations.NullMarked;
