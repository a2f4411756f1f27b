/// How requests and answers look on the wire: media types, bodies, `Status`. Read [dev.slipway.apiserver.wire.Answers] first.
@NullMarked
package dev.slipway.apiserver.wire;

import org.jspecify.annotations.NullMarked;
