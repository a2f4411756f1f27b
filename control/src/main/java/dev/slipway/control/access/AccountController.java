package dev.slipway.control.access;

import dev.slipway.control.Controller;
import dev.slipway.control.Next;
import dev.slipway.control.Occurrence;
import dev.slipway.control.Waking;
import dev.slipway.kernel.kind.Kinds.Served;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.model.ProblemException;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.resources.Patch;
import dev.slipway.kernel.resources.Resources;
import dev.slipway.kernel.resources.WriteOptions;
import dev.slipway.kernel.store.State;
import dev.slipway.kernel.store.StoredObject;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Gives each namespace what programs in it count on: the service account `default`, and the certificate of the
/// authority in `kube-root-ca.crt`.
final class AccountController implements Controller {
    static final String NAME = "slipway-accounts";

    private static final KindKey NAMESPACES = KindKey.of("", "namespaces");
    private static final KindKey ACCOUNTS = KindKey.of("", "serviceaccounts");
    private static final KindKey MAPS = KindKey.of("", "configmaps");
    private static final String ACCOUNT = "default";
    private static final String CERTIFICATE = "kube-root-ca.crt";

    /// The namespace may be leaving, or another process may have been first.
    private static final Set<Reason> AS_WELL =
            EnumSet.of(Reason.NOT_FOUND, Reason.FORBIDDEN, Reason.ALREADY_EXISTS);

    private final Resources resources;
    private final String authority;

    AccountController(Resources resources, String authority) {
        this.resources = resources;
        this.authority = authority;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Collection<ResourceKey> concerns(Occurrence occurrence) {
        var key = occurrence.key();
        if (key.kind().equals(NAMESPACES)) {
            return List.of(key);
        }
        var given =
                (key.kind().equals(ACCOUNTS) && key.name().equals(ACCOUNT))
                        || (key.kind().equals(MAPS) && key.name().equals(CERTIFICATE));
        return given ? List.of(NAMESPACES.resource("", key.namespace())) : List.of();
    }

    @Override
    public Collection<ResourceKey> all(State state) {
        return state.list(NAMESPACES).stream().map(StoredObject::key).toList();
    }

    @Override
    public Next reconcile(ResourceKey key, Waking waking) {
        var options = WriteOptions.controller(NAME, waking.causes());
        var namespace = resources.state().get(key).map(StoredObject::resource);
        if (namespace.filter(one -> !one.terminating()).isPresent()) {
            giveAccount(key.name(), options);
            giveCertificate(key.name(), options);
        }
        return Next.DONE;
    }

    private void giveAccount(String namespace, WriteOptions options) {
        if (resources.state().get(ACCOUNTS.resource(namespace, ACCOUNT)).isEmpty()) {
            create(ACCOUNTS, namespace, object("ServiceAccount", ACCOUNT), options);
        }
    }

    private void giveCertificate(String namespace, WriteOptions options) {
        var data = Map.<String, Object>of("ca.crt", authority);
        var found = resources.state().get(MAPS.resource(namespace, CERTIFICATE));
        if (found.isEmpty()) {
            var map = object("ConfigMap", CERTIFICATE);
            map.put("data", data);
            create(MAPS, namespace, map, options);
        } else if (!Json.object(found.get().resource().tree(), "data").equals(data)) {
            replace(namespace, data, options);
        }
    }

    private void create(
            KindKey kind, String namespace, Map<String, Object> tree, WriteOptions options) {
        quietly(() -> resources.create(served(kind), namespace, tree, options));
    }

    private void replace(String namespace, Map<String, Object> data, WriteOptions options) {
        var patch =
                new Patch.Json(
                        List.of(Map.of("op", "add", "path", "/data", "value", Json.copy(data))));
        quietly(() -> resources.patch(served(MAPS), namespace, CERTIFICATE, "", patch, options));
    }

    private static void quietly(Runnable write) {
        try {
            write.run();
        } catch (ProblemException e) {
            if (!AS_WELL.contains(e.problem().reason())) {
                throw e;
            }
        }
    }

    private static Map<String, Object> object(String kind, String name) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("apiVersion", "v1");
        tree.put("kind", kind);
        tree.put("metadata", new LinkedHashMap<>(Map.of("name", name)));
        return tree;
    }

    private Served served(KindKey kind) {
        return resources
                .kinds()
                .byKey(kind)
                .map(Served::stored)
                .orElseThrow(() -> new IllegalStateException(kind + " are not served"));
    }
}
