package dev.slipway.apiserver.discovery;

import dev.slipway.apiserver.discovery.Catalogue.Entry;
import java.util.List;

/// What can be done with resources, in the order that Kubernetes lists it.
final class Verbs {
    static final List<String> OF_SUBRESOURCES = List.of("get", "patch", "update");

    private static final List<String> BUILT_IN =
            List.of(
                    "create",
                    "delete",
                    "deletecollection",
                    "get",
                    "list",
                    "patch",
                    "update",
                    "watch");
    private static final List<String> NAMESPACES =
            List.of("create", "delete", "get", "list", "patch", "update", "watch");
    private static final List<String> CUSTOM =
            List.of(
                    "delete",
                    "deletecollection",
                    "get",
                    "list",
                    "patch",
                    "create",
                    "update",
                    "watch");

    static final List<String> OF_POSTED = List.of("create");

    static final List<String> OF_FINALIZE = List.of("update");

    private Verbs() {}

    static List<String> of(Entry entry) {
        if (entry.posted()) {
            return OF_POSTED;
        }
        if (!entry.kind().rules().builtIn()) {
            return CUSTOM;
        }
        return isFinalized(entry) ? NAMESPACES : BUILT_IN;
    }

    /// Whether something of its own releases it: what holds a namespace is written there and nowhere else.
    static boolean isFinalized(Entry entry) {
        return entry.group().isEmpty() && entry.names().plural().equals("namespaces");
    }

    /// Whether it can be asked to go, as far as budgets allow.
    static boolean isEvicted(Entry entry) {
        return entry.group().isEmpty() && entry.names().plural().equals("pods");
    }

    /// Whether somebody decides about it, apart from all else.
    static boolean isApproved(Entry entry) {
        return entry.group().equals("certificates.k8s.io")
                && entry.names().plural().equals("certificatesigningrequests");
    }

    /// Whether tokens can be asked for in its name.
    static boolean givesTokens(Entry entry) {
        return entry.group().isEmpty() && entry.names().plural().equals("serviceaccounts");
    }
}
