/// Questions about who somebody is and what they may do, which are answered and never stored. Read
/// [dev.slipway.apiserver.review.Reviews] first.
@NullMarked
package dev.slipway.apiserver.review;

import org.jspecify.annotations.NullMarked;
