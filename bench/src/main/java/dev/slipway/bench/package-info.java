/// What `slipway bench` runs: a server of its own, loads from outside, figures beside their budgets.
///
/// Read [Bench] first, then [dev.slipway.bench.row.Rows].
@org.jspecify.annotations.NullMarked
package dev.slipway.bench;
