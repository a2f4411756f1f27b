/// What is measured, a row for each; [dev.slipway.bench.row.Rows] lists them in the order in which they run.
@org.jspecify.annotations.NullMarked
package dev.slipway.bench.row;
