package dev.slipway.apiserver.oidc;

import java.io.IOException;
import java.net.URI;

/// Reads small documents from an issuer's server.
@FunctionalInterface
interface Documents {
    byte[] read(URI address) throws IOException, InterruptedException;
}
