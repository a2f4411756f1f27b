/// The process: what is started, in which order, with which settings. Read [dev.slipway.app.Platform] first.
@NullMarked
package dev.slipway.app;

import org.jspecify.annotations.NullMarked;
