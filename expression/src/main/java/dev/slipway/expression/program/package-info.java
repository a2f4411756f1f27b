/// Checked expressions as steps that can be run, what each step costs, and where a run ends that costs too much; begin with
/// [Program]. Steps are taken, failures absorbed and costs counted in the order of the Go implementation, so that the same
/// expression over the same data gives the same answer at the same price.
@NullMarked
package dev.slipway.expression.program;

import org.jspecify.annotations.NullMarked;
