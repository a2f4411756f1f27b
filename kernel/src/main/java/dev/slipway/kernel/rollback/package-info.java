/// Undoing: objects are brought back to what they were, as new revisions in one commit.
///
/// Read [dev.slipway.kernel.rollback.Rollbacks] first: what is to be undone is found in the log ([ObjectScope],
/// [CauseScope]), held against what depends on it now ([Dependencies]) and written as any other write ([Restoration]).
@NullMarked
package dev.slipway.kernel.rollback;

import org.jspecify.annotations.NullMarked;
