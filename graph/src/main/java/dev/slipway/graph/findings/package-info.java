/// What a reading of a definition finds besides its meaning: errors and completions. Read
/// [dev.slipway.graph.findings.Findings] first.
@NullMarked
package dev.slipway.graph.findings;

import org.jspecify.annotations.NullMarked;
