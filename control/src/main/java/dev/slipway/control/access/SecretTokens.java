package dev.slipway.control.access;

import dev.slipway.kernel.model.Resource;

/// Makes the tokens that lie in secrets: without an end, good as long as the secret holds them and the account is there.
@FunctionalInterface
public interface SecretTokens {
    /// A token of an account, for one secret.
    String make(Resource account, Resource secret);
}
