/// Figures, what they are compared with, and how they are printed.
@org.jspecify.annotations.NullMarked
package dev.slipway.bench.report;
