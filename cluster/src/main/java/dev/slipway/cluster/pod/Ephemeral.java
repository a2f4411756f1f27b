package dev.slipway.cluster.pod;

import dev.slipway.cluster.simulation.ClusterKinds;
import dev.slipway.cluster.simulation.Stage;
import dev.slipway.cluster.simulation.Tree;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.OwnerReference;
import dev.slipway.kernel.model.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The claims of a pod's ephemeral volumes: made for it, and gone with it.
record Ephemeral(Stage stage, Resource pod) {
    /// Makes those that are not there.
    void make() {
        for (var volume : volumes()) {
            if (find(volume).isEmpty()) {
                stage.create(ClusterKinds.CLAIMS, claim(volume));
            }
        }
    }

    /// Why the pod cannot be placed: a claim of that name that is somebody else's.
    Optional<String> foreign() {
        return volumes().stream()
                .flatMap(volume -> find(volume).stream())
                .filter(claim ->
                        claim.owners().stream().noneMatch(one -> one.uid().equals(pod.uid())))
                .map(claim ->
                        "PVC %s/%s was not created for pod %s/%s (pod is not owner)"
                                .formatted(
                                        pod.namespace(), claim.name(), pod.namespace(), pod.name()))
                .findFirst();
    }

    private List<Map<String, Object>> volumes() {
        return Tree.objects(pod.spec(), "volumes").stream()
                .filter(volume -> volume.get("ephemeral") instanceof Map<?, ?>)
                .toList();
    }

    private Optional<Resource> find(Map<String, Object> volume) {
        return stage.find(ClusterKinds.CLAIMS, pod.namespace(), name(volume));
    }

    private String name(Map<String, Object> volume) {
        return pod.name() + "-" + Json.string(volume, "name");
    }

    private Map<String, Object> claim(Map<String, Object> volume) {
        var template = Json.object(Json.object(volume, "ephemeral"), "volumeClaimTemplate");
        var metadata = Json.copy(Json.object(template, "metadata"));
        metadata.put("name", name(volume));
        metadata.put("namespace", pod.namespace());
        metadata.put(
                "ownerReferences",
                new ArrayList<Object>(List.of(OwnerReference.controller(pod).tree())));
        return Tree.of(
                "apiVersion",
                "v1",
                "kind",
                "PersistentVolumeClaim",
                "metadata",
                metadata,
                "spec",
                Json.copy(Json.object(template, "spec")));
    }
}
