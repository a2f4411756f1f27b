package dev.slipway.kernel.model;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Somebody who is known: a person or a program, with all that rights can be given to.
///
/// @param uid tells two apart that had the same name one after the other; may be empty
/// @param extra what else the credentials say, in the words of whoever issued them
public record User(String name, String uid, List<String> groups, Map<String, List<String>> extra) {
    /// The group whose members may do everything.
    public static final String MASTERS = "system:masters";

    /// The group of everyone who is known.
    public static final String AUTHENTICATED = "system:authenticated";

    private static final String SERVICE_ACCOUNT = "system:serviceaccount:";

    public User {
        Objects.requireNonNull(name);
        Objects.requireNonNull(uid);
        groups = List.copyOf(groups);
        extra = Map.copyOf(extra);
    }

    /// Somebody of whom no more is known than name and groups.
    public static User of(String name, List<String> groups) {
        return new User(name, "", groups, Map.of());
    }

    /// What the user of a service account is called.
    public static String ofServiceAccount(String namespace, String name) {
        return SERVICE_ACCOUNT + namespace + ":" + name;
    }

    /// The groups that every service account of a namespace is in, but for the one of everybody who is known.
    public static List<String> groupsOfServiceAccounts(String namespace) {
        return List.of("system:serviceaccounts", "system:serviceaccounts:" + namespace);
    }

    /// Whether it is the user of a service account.
    public boolean isServiceAccount() {
        return name.startsWith(SERVICE_ACCOUNT);
    }

    /// Whether no rule binds it.
    public boolean isMaster() {
        return groups.contains(MASTERS);
    }
}
