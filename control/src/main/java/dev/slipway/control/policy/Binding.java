package dev.slipway.control.policy;

import dev.slipway.control.policy.Policy.ParamKind;
import dev.slipway.kernel.admission.Admission;
import dev.slipway.kernel.kind.Kinds.Served;
import dev.slipway.kernel.kind.LabelSelection;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.store.StoredObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where a policy holds, with which parameters, and what follows when it is broken.
///
/// @param param where the parameters are; empty for none
record Binding(
        String name,
        String policy,
        Matching matching,
        boolean denies,
        boolean warns,
        Map<String, Object> param) {
    static Binding of(Resource binding) {
        var spec = binding.spec();
        var actions = Json.list(spec, "validationActions");
        return new Binding(
                binding.name(),
                Json.string(spec, "policyName"),
                Matching.of(Json.object(spec, "matchResources")),
                actions.contains("Deny"),
                actions.contains("Warn"),
                Json.object(spec, "paramRef"));
    }

    /// The parameters to ask the policy with, one after the other; one that is empty where the policy has none.
    ///
    /// @throws UndecidedException when they cannot be found
    List<Optional<Resource>> params(Optional<ParamKind> kind, Admission write)
            throws UndecidedException {
        if (kind.isEmpty() || param.isEmpty()) {
            return List.of(Optional.empty());
        }
        var found = found(served(kind.get(), write), write);
        if (found.isEmpty() && Json.string(param, "parameterNotFoundAction").equals("Deny")) {
            throw new UndecidedException(
                    "failed to configure binding: no params found for policy binding with `Deny` parameterNotFoundAction");
        }
        return found.stream().map(Optional::of).toList();
    }

    private static Served served(ParamKind kind, Admission write) throws UndecidedException {
        return write.kinds()
                .byKind(kind.apiVersion(), kind.kind())
                .orElseThrow(() ->
                        new UndecidedException(
                                "failed to configure policy: failed to find resource referenced by paramKind: '%s, Kind=%s'"
                                        .formatted(kind.apiVersion(), kind.kind())));
    }

    private List<Resource> found(Served served, Admission write) throws UndecidedException {
        var key = served.kind().key();
        var namespace = namespace(served, write);
        var name = Json.string(param, "name");
        if (!name.isEmpty()) {
            return write.state().get(key.resource(namespace, name)).stream()
                    .map(StoredObject::resource)
                    .toList();
        }
        var selector = Json.object(param, "selector");
        var all =
                served.kind().namespaced()
                        ? write.state().list(key, namespace)
                        : write.state().list(key);
        return all.stream()
                .filter(stored -> LabelSelection.matches(selector, stored.labels()))
                .map(StoredObject::resource)
                .toList();
    }

    private String namespace(Served served, Admission write) throws UndecidedException {
        var named = Json.string(param, "namespace");
        if (!served.kind().namespaced()) {
            if (!named.isEmpty()) {
                throw new UndecidedException(
                        "failed to configure binding: paramRef.namespace must not be provided for a cluster-scoped `paramKind`");
            }
            return "";
        }
        var namespace = named.isEmpty() ? write.object().namespace() : named;
        if (namespace.isEmpty()) {
            throw new UndecidedException(
                    "failed to configure binding: cannot use namespaced paramRef in policy binding that matches cluster-scoped resources");
        }
        return namespace;
    }
}
