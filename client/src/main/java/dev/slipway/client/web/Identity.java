package dev.slipway.client.web;

import dev.slipway.kernel.model.User;
import java.time.Instant;
import java.util.List;

/// Who makes a request, after authentication.
///
/// @param who the user, with all that rights can be given to
/// @param session the id of the browser session the request came with, empty for a token: what CSRF tokens hang on
/// @param until when the credentials end; nothing that is made of them lasts longer
/// @param by the name of who really makes it, where that is another who may act as this one; else empty
public record Identity(User who, String session, Instant until, String by) {
    /// Somebody of whom no more is known than name and groups.
    public Identity(String user, List<String> groups, String session) {
        this(User.of(user, groups), session, Instant.MAX, "");
    }

    /// A user who came by a token or a certificate.
    public static Identity of(User who, Instant until) {
        return new Identity(who, "", until, "");
    }

    /// The user's name, as audit and managed fields show it.
    public String user() {
        return who.name();
    }

    /// The user's groups.
    public List<String> groups() {
        return who.groups();
    }

    /// The same user without the session.
    public Identity withoutSession() {
        return new Identity(who, "", until, by);
    }

    /// Another, as whom this one acts.
    public Identity as(User other) {
        return new Identity(other, session, until, by.isEmpty() ? who.name() : by);
    }
}
