/// Tokens of service accounts: how they are asked for, made, known again, and checked by others. Read
/// [dev.slipway.apiserver.token.Tokens] first.
@NullMarked
package dev.slipway.apiserver.token;

import org.jspecify.annotations.NullMarked;
