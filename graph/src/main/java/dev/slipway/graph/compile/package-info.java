/// From a definition to a compiled graph: reading, completing, type checking, ordering. Pure. Read
/// [dev.slipway.graph.compile.Compiler] first.
@NullMarked
package dev.slipway.graph.compile;

import org.jspecify.annotations.NullMarked;
