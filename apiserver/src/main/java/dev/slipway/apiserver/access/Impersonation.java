package dev.slipway.apiserver.access;

import dev.slipway.client.web.Identity;
import dev.slipway.client.web.WebRequest;
import dev.slipway.kernel.access.Wish;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.User;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Lets somebody act as another, who may impersonate each part of them: `Impersonate-User` and its like.
public final class Impersonation {
    private static final String USER = "impersonate-user";
    private static final String GROUP = "impersonate-group";
    private static final String UID = "impersonate-uid";
    private static final String EXTRA = "impersonate-extra-";
    private static final String VERB = "impersonate";
    private static final String AUTHENTICATION = "authentication.k8s.io";
    private static final String UNKNOWN_USERS = "system:unauthenticated";
    private static final String SERVICE_ACCOUNT = "system:serviceaccount:";

    private final Authorizer authorizer;

    public Impersonation(Authorizer authorizer) {
        this.authorizer = authorizer;
    }

    /// Whom a request is made as: whoever makes it, unless its headers name another. Throws what they are told who may
    /// not act as the other.
    public Identity identity(Identity real, WebRequest request) {
        var name = request.header(USER).orElse("");
        var groups = texts(request.header(GROUP).orElse(""));
        var uid = request.header(UID).orElse("");
        var extra = extra(request);
        if (name.isEmpty()) {
            if (!groups.isEmpty() || !uid.isEmpty() || !extra.isEmpty()) {
                throw Problem.badRequest(
                                "requested groups, uid or extra of somebody without impersonating a user name: add the header Impersonate-User")
                        .exception();
            }
            return real;
        }
        demandUser(real, name);
        groups.forEach(group -> demand(real, "", "groups", group));
        if (!uid.isEmpty()) {
            demand(real, AUTHENTICATION, "uids", uid);
        }
        extra.forEach((key, values) ->
                values.forEach(value -> demand(real, AUTHENTICATION, "userextras/" + key, value)));
        return real.as(new User(name, uid, all(name, groups), extra));
    }

    private void demandUser(Identity real, String name) {
        var account = name.startsWith(SERVICE_ACCOUNT) ? name.split(":", 4) : new String[0];
        if (account.length == 4) {
            authorizer.demand(
                    real, new Wish.OnResource(VERB, "", "serviceaccounts", account[2], account[3]));
        } else {
            demand(real, "", "users", name);
        }
    }

    private void demand(Identity real, String group, String resource, String name) {
        authorizer.demand(real, new Wish.OnResource(VERB, group, resource, "", name));
    }

    /// A service account has its groups where none are named; everybody but the unknown is known.
    private static List<String> all(String name, List<String> groups) {
        var all = new ArrayList<>(groups);
        var account = name.startsWith(SERVICE_ACCOUNT) ? name.split(":", 4) : new String[0];
        if (groups.isEmpty() && account.length == 4) {
            all.addAll(User.groupsOfServiceAccounts(account[2]));
        }
        var unknown = name.equals(Identities.ANONYMOUS.user()) || all.contains(UNKNOWN_USERS);
        var everybody = unknown ? UNKNOWN_USERS : User.AUTHENTICATED;
        if (!all.contains(everybody)) {
            all.add(everybody);
        }
        return all;
    }

    private static Map<String, List<String>> extra(WebRequest request) {
        Map<String, List<String>> extra = new LinkedHashMap<>();
        request.headers()
                .forEach((name, value) -> {
                    if (name.startsWith(EXTRA)) {
                        extra.put(decoded(name.substring(EXTRA.length())), texts(value));
                    }
                });
        return extra;
    }

    private static String decoded(String key) {
        try {
            return URLDecoder.decode(key.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return key;
        }
    }

    /// Headers that are repeated arrive joined by commas.
    private static List<String> texts(String header) {
        return Arrays.stream(header.split(", ")).filter(one -> !one.isEmpty()).toList();
    }
}
