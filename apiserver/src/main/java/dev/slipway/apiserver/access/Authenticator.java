package dev.slipway.apiserver.access;

import dev.slipway.client.web.WebRequest;
import java.util.List;

/// One way of telling who makes a request. May be called from any thread.
@FunctionalInterface
public interface Authenticator {
    /// Looks at the headers only; the identity that the request has so far means nothing.
    Authentication authenticate(WebRequest request);

    /// Asks each in turn; the first that finds credentials of its kind decides.
    static Authenticator firstOf(List<Authenticator> authenticators) {
        var inOrder = List.copyOf(authenticators);
        return request -> {
            for (var authenticator : inOrder) {
                var authentication = authenticator.authenticate(request);
                if (!(authentication instanceof Authentication.Nobody)) {
                    return authentication;
                }
            }
            return new Authentication.Nobody();
        };
    }
}
