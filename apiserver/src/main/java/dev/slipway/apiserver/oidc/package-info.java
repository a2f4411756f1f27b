/// People who sign in elsewhere: tokens of configured issuers, mapped to users and groups. Read
/// [dev.slipway.apiserver.oidc.TrustedIssuer] first.
@NullMarked
package dev.slipway.apiserver.oidc;

import org.jspecify.annotations.NullMarked;
