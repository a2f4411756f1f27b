/// Who did what, from where and why they might: with each revision, and for reads that a policy names in a file. Read
/// [dev.slipway.apiserver.audit.Occasion] first.
@NullMarked
package dev.slipway.apiserver.audit;

import org.jspecify.annotations.NullMarked;
