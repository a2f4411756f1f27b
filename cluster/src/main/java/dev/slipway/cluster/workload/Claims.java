package dev.slipway.cluster.workload;

import dev.slipway.cluster.simulation.ClusterKinds;
import dev.slipway.cluster.simulation.Stage;
import dev.slipway.cluster.simulation.Tree;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.OwnerReference;
import dev.slipway.kernel.model.Resource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The claims of a stateful set's pods, which stay when their pods go unless the set says otherwise.
record Claims(Stage stage, Resource set) {
    private static final String DELETE = "Delete";

    /// Makes those that a pod lacks.
    void make(long number) {
        for (var template : templates()) {
            var name = name(template, number);
            if (stage.find(ClusterKinds.CLAIMS, set.namespace(), name).isEmpty()) {
                stage.create(ClusterKinds.CLAIMS, claim(template, name));
            }
        }
    }

    private Map<String, Object> claim(Map<String, Object> template, String name) {
        var claim = Json.copy(template);
        claim.remove("status");
        claim.put("apiVersion", "v1");
        claim.put("kind", "PersistentVolumeClaim");
        var metadata = Json.child(claim, "metadata");
        metadata.put("name", name);
        metadata.put("namespace", set.namespace());
        Json.child(metadata, "labels")
                .putAll(Json.object(Json.object(set.spec(), "selector"), "matchLabels"));
        if (isDeleted("whenDeleted")) {
            metadata.put("ownerReferences", Made.owners(set));
        }
        return claim;
    }

    /// Puts them among the volumes of a pod, before all others of the same name.
    void mount(long number, Map<String, Object> spec) {
        var names = templates().stream().map(one -> new Resource(one).name()).toList();
        var volumes = new ArrayList<Object>();
        Tree.objects(spec, "volumes").stream()
                .filter(volume -> !names.contains(Json.string(volume, "name")))
                .forEach(volumes::add);
        for (var template : templates()) {
            volumes.add(
                    Tree.of(
                            "name",
                            new Resource(template).name(),
                            "persistentVolumeClaim",
                            Tree.of("claimName", name(template, number))));
        }
        if (!volumes.isEmpty()) {
            spec.put("volumes", volumes);
        }
    }

    /// Says whom the claims of pods go with: the set, or the pod where it is about to go because there are too many.
    void own(Map<Long, Resource> pods, Collection<Resource> beyond) {
        pods.forEach((number, pod) -> {
            var condemned = isDeleted("whenScaled") && beyond.contains(pod);
            var owner =
                    condemned
                            ? Optional.of(pod)
                            : isDeleted("whenDeleted")
                                    ? Optional.of(set)
                                    : Optional.<Resource>empty();
            templates().forEach(template -> own(name(template, number), pod, owner));
        });
    }

    private void own(String claim, Resource pod, Optional<Resource> owner) {
        var found = stage.find(ClusterKinds.CLAIMS, set.namespace(), claim);
        if (found.isEmpty()) {
            return;
        }
        var owners = new ArrayList<Object>();
        found.get().owners().stream()
                .filter(one -> !List.of(set.uid(), pod.uid()).contains(one.uid()))
                .map(OwnerReference::tree)
                .forEach(owners::add);
        owner.map(one -> OwnerReference.controller(one).tree()).ifPresent(owners::add);
        if (!owners.equals(Json.list(found.get().metadata(), "ownerReferences"))) {
            stage.merge(found.get(), Tree.of("metadata", Tree.of("ownerReferences", owners)));
        }
    }

    private boolean isDeleted(String when) {
        var policy = Json.object(set.spec(), "persistentVolumeClaimRetentionPolicy");
        return DELETE.equals(policy.get(when));
    }

    private List<Map<String, Object>> templates() {
        return Tree.objects(set.spec(), "volumeClaimTemplates");
    }

    private String name(Map<String, Object> template, long number) {
        return new Resource(template).name() + "-" + set.name() + "-" + number;
    }
}
