package dev.slipway.control.core;

import dev.slipway.kernel.admission.Admission;
import dev.slipway.kernel.admission.Admitter;
import dev.slipway.kernel.admission.Verdict;
import dev.slipway.kernel.kind.CustomKinds;
import dev.slipway.kernel.kind.Doors;
import dev.slipway.kernel.kind.Kinds;
import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.resources.KindsView;
import dev.slipway.kernel.store.Operation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Completes CRDs: default names, the finalizer, the versions that were ever stored; refuses the names of built-in kinds.
/// What a CRD itself may say and change is the business of [dev.slipway.kernel.kind.BuiltInRules].
final class CrdAdmitter implements Admitter {
    /// Holds a CRD until its objects are gone.
    static final String FINALIZER = "customresourcecleanup.apiextensions.k8s.io";

    @Override
    public boolean concerns(KindKey kind) {
        return kind.equals(KindsView.CRDS);
    }

    @Override
    public Verdict admit(Admission admission) {
        var crd = admission.object();
        if (admission.operation() == Operation.DELETE) {
            hold(crd);
            return Verdict.admitted(crd);
        }
        if (admission.subresource().equals("status")) {
            return Verdict.admitted(crd);
        }
        complete(crd);
        var causes = new ArrayList<FieldCause>();
        if (claims(admission.old(), crd)) {
            causes.addAll(taken(crd, admission.kinds()));
        }
        if (admission.operation() == Operation.CREATE) {
            begin(crd);
        }
        remember(crd);
        return causes.isEmpty()
                ? new Verdict.Admitted(crd, warnings(crd), List.of())
                : new Verdict.Invalid(causes, List.of());
    }

    private static List<String> warnings(Resource crd) {
        var withheld = CustomKinds.withheld(crd);
        return withheld.isEmpty()
                ? List.of()
                : List.of(
                        "spec.conversion.strategy: conversion webhooks are not called yet, so only the storage version"
                                + " is served, not "
                                + String.join(", ", withheld));
    }

    /// Whether names are claimed anew. A definition whose names became the product's later can still be changed and go.
    private static boolean claims(Optional<Resource> old, Resource crd) {
        return old.isEmpty()
                || !Objects.equals(old.get().at("spec", "group"), crd.at("spec", "group"))
                || !Objects.equals(old.get().at("spec", "names"), crd.at("spec", "names"));
    }

    /// A definition may not claim a kind that is part of the product.
    private static List<FieldCause> taken(Resource crd, Kinds kinds) {
        var group = Json.string(crd.spec(), "group");
        var names = Json.object(crd.spec(), "names");
        var plural = Json.string(names, "plural");
        var kind = Json.string(names, "kind");
        var causes = new ArrayList<FieldCause>();
        if (Doors.has(group, plural, kind)) {
            causes.add(
                    FieldCause.invalid("spec.names.kind", kind, "is a built-in kind of " + group));
        }
        for (var one : kinds.all()) {
            if (one.isCustom() || !one.group().equals(group)) {
                continue;
            }
            if (one.answersTo(plural)) {
                causes.add(
                        FieldCause.invalid(
                                "spec.names.plural", plural, "is a built-in kind of " + group));
            }
            if (one.isCalled(kind)) {
                causes.add(
                        FieldCause.invalid(
                                "spec.names.kind", kind, "is a built-in kind of " + group));
            }
        }
        return causes;
    }

    private static void complete(Resource crd) {
        var spec = Json.child(crd.tree(), "spec");
        var names = Json.child(spec, "names");
        var kind = Json.string(names, "kind");
        names.putIfAbsent("singular", kind.toLowerCase(Locale.ROOT));
        names.putIfAbsent("listKind", kind + "List");
        spec.putIfAbsent("conversion", new LinkedHashMap<>(Map.of("strategy", "None")));
    }

    /// Nothing is accepted yet. Who waits for a condition reads a list: null would end their waiting with an error.
    private static void begin(Resource crd) {
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("conditions", new ArrayList<>());
        var accepted = Json.child(status, "acceptedNames");
        accepted.put("plural", "");
        accepted.put("kind", "");
        crd.tree().put("status", status);
    }

    /// What it defined goes first.
    private static void hold(Resource crd) {
        var metadata = Json.child(crd.tree(), "metadata");
        var finalizers = new ArrayList<>(Json.list(metadata, "finalizers"));
        if (!finalizers.contains(FINALIZER)) {
            finalizers.add(FINALIZER);
        }
        metadata.put("finalizers", finalizers);
    }

    /// Adds the stored version to those that were ever stored.
    private static void remember(Resource crd) {
        for (var version : Json.list(crd.spec(), "versions")) {
            if (version instanceof Map<?, ?> map && Boolean.TRUE.equals(map.get("storage"))) {
                remember(crd, String.valueOf(map.get("name")));
            }
        }
    }

    private static void remember(Resource crd, String version) {
        var status = Json.child(crd.tree(), "status");
        var stored = new ArrayList<>(Json.list(status, "storedVersions"));
        if (!stored.contains(version)) {
            stored.add(version);
            status.put("storedVersions", stored);
        }
    }
}
