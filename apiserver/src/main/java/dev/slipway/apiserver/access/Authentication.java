package dev.slipway.apiserver.access;

import dev.slipway.client.web.Identity;

/// What an authenticator makes of a request.
public sealed interface Authentication {
    /// The request shows who makes it.
    record Known(Identity identity) implements Authentication {}

    /// The request carries no credentials of this kind.
    record Nobody() implements Authentication {}

    /// The request carries credentials that are wrong or no longer good.
    record Refused() implements Authentication {}
}
