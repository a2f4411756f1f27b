package dev.slipway.client.web;

import java.util.List;

/// Who makes a request, after authentication.
///
/// @param user the user's name, as audit and managed fields show it
/// @param groups the user's groups; `system:masters` may do everything
/// @param session the id of the browser session the request came with, empty for a token: what CSRF tokens hang on
public record Identity(String user, List<String> groups, String session) {
    public Identity {
        groups = List.copyOf(groups);
    }
}
