/// What strangers may send, fuzzed: inputs are made, sent through the API, and every answer is judged.
///
/// Read `Target`, then `Door`. `FuzzTest` runs the inputs that are kept and some made from them, `FuzzIT` goes on for as
/// long as it is told, with a fuzzer that looks where the code goes.
@NullMarked
package dev.slipway.apiserver.fuzz;

import org.jspecify.annotations.NullMarked;
