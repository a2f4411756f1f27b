/// What tests are made of: a whole platform in memory, clocks to be set, builders. Read
/// [dev.slipway.testkit.World] first.
@NullMarked
package dev.slipway.testkit;

import org.jspecify.annotations.NullMarked;
