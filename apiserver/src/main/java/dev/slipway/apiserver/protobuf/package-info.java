/// Request bodies in protocol buffers, as typed clients send them, made into JSON trees by a table of facts. Read
/// [dev.slipway.apiserver.protobuf.Protobuf] first.
@NullMarked
package dev.slipway.apiserver.protobuf;

import org.jspecify.annotations.NullMarked;
