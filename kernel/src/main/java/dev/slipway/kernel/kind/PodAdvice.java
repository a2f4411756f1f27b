package dev.slipway.kernel.kind;

import static java.util.Map.entry;

import dev.slipway.kernel.model.Json;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Warnings about a pod, or the template of pods.
///
/// @param path of the pod, with the dot behind it; empty for a pod of its own
/// @param warnings where warnings are added
record PodAdvice(String path, List<String> warnings) {
    /// Labels of nodes that have other names now.
    private static final Map<String, String> LABELS =
            Map.of(
                    "beta.kubernetes.io/arch",
                    "deprecated since v1.14; use \"kubernetes.io/arch\" instead",
                    "beta.kubernetes.io/os",
                    "deprecated since v1.14; use \"kubernetes.io/os\" instead",
                    "beta.kubernetes.io/instance-type",
                    "deprecated since v1.17; use \"node.kubernetes.io/instance-type\" instead",
                    "failure-domain.beta.kubernetes.io/region",
                    "deprecated since v1.17; use \"topology.kubernetes.io/region\" instead",
                    "failure-domain.beta.kubernetes.io/zone",
                    "deprecated since v1.17; use \"topology.kubernetes.io/zone\" instead");

    /// Annotations that fields have taken the place of, by how they begin.
    private static final Map<String, String> ANNOTATIONS =
            Map.of(
                    "container.apparmor.security.beta.kubernetes.io/",
                    "deprecated since v1.30; use the \"appArmorProfile\" field instead",
                    "scheduler.alpha.kubernetes.io/critical-pod",
                    "non-functional in v1.16+; use the \"priorityClassName\" field instead",
                    "seccomp.security.alpha.kubernetes.io/pod",
                    "non-functional in v1.27+; use the \"seccompProfile\" field instead",
                    "container.seccomp.security.alpha.kubernetes.io/",
                    "non-functional in v1.27+; use the \"seccompProfile\" field instead");

    /// Sources of volumes that are not made any more.
    private static final Map<String, String> VOLUMES =
            Map.ofEntries(
                    entry("gitRepo", "gitRepo: deprecated in v1.11"),
                    entry("glusterfs", "glusterfs: deprecated in v1.25, non-functional in v1.26+"),
                    entry("cephfs", "cephfs: deprecated in v1.28, non-functional in v1.31+"),
                    entry("rbd", "rbd: deprecated in v1.28, non-functional in v1.31+"),
                    entry("flocker", "flocker: deprecated in v1.22, non-functional in v1.25+"),
                    entry("scaleIO", "scaleIO: deprecated in v1.16, non-functional in v1.22+"),
                    entry("storageos", "storageOS: deprecated in v1.22, non-functional in v1.25+"),
                    entry("quobyte", "quobyte: deprecated in v1.22, non-functional in v1.25+"),
                    entry(
                            "photonPersistentDisk",
                            "photonPersistentDisk: deprecated in v1.11, non-functional in v1.16+"));

    void check(Map<String, Object> pod) {
        var spec = Json.object(pod, "spec");
        Json.object(spec, "nodeSelector").keySet().stream()
                .filter(LABELS::containsKey)
                .forEach(label -> add("spec.nodeSelector[" + label + "]: " + LABELS.get(label)));
        spread(spec);
        annotations(Json.object(Json.object(pod, "metadata"), "annotations"));
        repeated(spec, "hostAliases", "ip");
        repeated(spec, "imagePullSecrets", "name");
        var volumes = CustomKinds.objects(spec, "volumes");
        for (int i = 0; i < volumes.size(); i++) {
            volume(volumes.get(i), "spec.volumes[" + i + "].");
        }
        containers(spec);
    }

    private void add(String warning) {
        warnings.add(path + warning);
    }

    private void spread(Map<String, Object> spec) {
        var constraints = CustomKinds.objects(spec, "topologySpreadConstraints");
        for (int i = 0; i < constraints.size(); i++) {
            var field = "spec.topologySpreadConstraints[" + i + "].";
            var key = Json.string(constraints.get(i), "topologyKey");
            if (LABELS.containsKey(key)) {
                add(field + "topologyKey: " + key + " is " + LABELS.get(key));
            }
            if (constraints.get(i).get("labelSelector") == null) {
                add(field + "labelSelector: a null labelSelector results in matching no pod");
            }
        }
    }

    private void annotations(Map<String, Object> annotations) {
        for (var key : annotations.keySet()) {
            ANNOTATIONS.forEach((known, advice) -> {
                if (known.endsWith("/") ? key.startsWith(known) : key.equals(known)) {
                    add("metadata.annotations[" + key + "]: " + advice);
                }
            });
        }
    }

    /// Items of which one key should tell them apart.
    private void repeated(Map<String, Object> spec, String list, String key) {
        var known = new HashSet<String>();
        var items = CustomKinds.objects(spec, list);
        for (int i = 0; i < items.size(); i++) {
            var value = Json.string(items.get(i), key);
            var field = "spec." + list + "[" + i + "]." + key + ": ";
            if (value.isEmpty()) {
                add(field + "invalid empty " + key + " \"\"");
            } else if (!known.add(value)) {
                add(field + "duplicate " + key + " " + Json.text(value));
            }
        }
    }

    private void volume(Map<String, Object> volume, String field) {
        VOLUMES.forEach((source, advice) -> {
            if (volume.containsKey(source)) {
                add(field + advice);
            }
        });
        CustomKinds.objects(Json.object(volume, "projected"), "sources").stream()
                .filter(Map::isEmpty)
                .forEach(_ ->
                        warnings.add(
                                "volume %s (Projected) has no sources provided"
                                        .formatted(Json.text(Json.string(volume, "name")))));
        fraction(
                Json.at(
                        volume,
                        "ephemeral",
                        "volumeClaimTemplate",
                        "spec",
                        "resources",
                        "requests",
                        "storage"),
                path + field + "ephemeral.volumeClaimTemplate.spec.resources.requests[storage]",
                warnings);
    }

    /// Ports are those of all containers: they share one address.
    private void containers(Map<String, Object> spec) {
        var ports = new HashMap<String, String>();
        for (var list : List.of("initContainers", "containers")) {
            var containers = CustomKinds.objects(spec, list);
            for (int i = 0; i < containers.size(); i++) {
                var field = "spec." + list + "[" + i + "].";
                variables(containers.get(i), field);
                ports(containers.get(i), field, ports);
                amounts(containers.get(i), field);
            }
        }
    }

    /// A variable may be set twice where the second one is made of the first.
    private void variables(Map<String, Object> container, String field) {
        var known = new HashSet<String>();
        var variables = CustomKinds.objects(container, "env");
        for (int i = 0; i < variables.size(); i++) {
            var name = Json.string(variables.get(i), "name");
            if (!known.add(name)
                    && !Json.string(variables.get(i), "value").contains("$(" + name + ")")) {
                add(
                        "%senv[%d]: hides previous definition of %s, which may be dropped when using apply"
                                .formatted(field, i, Json.text(name)));
            }
        }
    }

    private void ports(Map<String, Object> container, String field, Map<String, String> known) {
        var ports = CustomKinds.objects(container, "ports");
        for (int i = 0; i < ports.size(); i++) {
            var port = ports.get(i);
            var here = path + field + "ports[" + i + "]";
            var same =
                    known.putIfAbsent(
                            "%s/%s/%s"
                                    .formatted(
                                            port.get("containerPort"),
                                            port.get("protocol"),
                                            port.get("hostPort")),
                            here);
            if (same != null) {
                warnings.add(here + ": duplicate port definition with " + same);
            }
        }
    }

    private void amounts(Map<String, Object> container, String field) {
        for (var resource : List.of("memory", "ephemeral-storage")) {
            for (var kind : List.of("limits", "requests")) {
                fraction(
                        Json.at(container, "resources", kind, resource),
                        "%s%sresources.%s[%s]".formatted(path, field, kind, resource),
                        warnings);
            }
        }
    }

    /// Warns of bytes of which there is a part.
    static void fraction(@Nullable Object amount, String field, List<String> warnings) {
        if (amount instanceof String text
                && !text.isEmpty()
                && "mun".indexOf(text.charAt(text.length() - 1)) >= 0) {
            warnings.add(
                    "%s: fractional byte value %s is invalid, must be an integer"
                            .formatted(field, Json.text(text)));
        }
    }
}
