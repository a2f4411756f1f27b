/// Who is there and what they may do: credentials on disk, tokens, sign-in codes, browser sessions. Read [dev.slipway.apiserver.access.Authenticator] first.
@NullMarked
package dev.slipway.apiserver.access;

import org.jspecify.annotations.NullMarked;
