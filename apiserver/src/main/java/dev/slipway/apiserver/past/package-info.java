/// Answers about what was, as trees: histories, differences, reasons. Read [dev.slipway.apiserver.past.PastAnswers] first.
@NullMarked
package dev.slipway.apiserver.past;

import org.jspecify.annotations.NullMarked;
