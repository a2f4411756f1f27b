/// Bodies in protocol buffers, as typed clients send them and some want them, made into JSON trees and of them by a
/// table of facts. Read [dev.slipway.apiserver.protobuf.Protobuf] first.
@NullMarked
package dev.slipway.apiserver.protobuf;

import org.jspecify.annotations.NullMarked;
