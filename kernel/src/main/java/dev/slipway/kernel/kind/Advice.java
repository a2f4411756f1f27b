package dev.slipway.kernel.kind;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What is allowed in built-in kinds and is no good idea all the same: warnings that go with the answer.
public final class Advice {
    /// Where kinds have the template of their pods.
    private static final Map<String, String> TEMPLATES =
            Map.of(
                    "apps/daemonsets", "spec.template",
                    "apps/deployments", "spec.template",
                    "apps/replicasets", "spec.template",
                    "apps/statefulsets", "spec.template",
                    "batch/cronjobs", "spec.jobTemplate.spec.template",
                    "batch/jobs", "spec.template",
                    "/podtemplates", "template",
                    "/replicationcontrollers", "spec.template");

    /// The kinds whose names become part of the names of pods, and so of hosts.
    private static final Set<String> NAMING =
            Set.of("apps/deployments", "apps/replicasets", "batch/jobs", "/replicationcontrollers");

    private final Resource object;
    private final List<String> warnings = new ArrayList<>();

    private Advice(Resource object) {
        this.object = object;
    }

    /// The warnings about one object that somebody writes.
    ///
    /// @param old the object that it replaces: what did not change is not told again
    public static List<String> of(Resource object, Kind kind, Optional<Resource> old) {
        var path = kind.group() + "/" + kind.names().plural();
        var advice = new Advice(object);
        if (old.isEmpty()) {
            advice.name(path);
        }
        if (old.isEmpty() || !old.get().spec().equals(object.spec())) {
            advice.content(path);
        }
        return List.copyOf(advice.warnings);
    }

    private void name(String path) {
        var used =
                path.equals("/pods")
                        ? "the Pod's hostname"
                        : NAMING.contains(path) ? "Pod names and hostnames" : "";
        if (!used.isEmpty()) {
            var problems = MetadataRules.nameProblems(object.name(), Kind.NameRule.LABEL);
            problems.stream()
                    .findFirst()
                    .ifPresent(problem ->
                            warnings.add(
                                    "metadata.name: this is used in %s, which can result in surprising behavior; a DNS label is recommended: [%s]"
                                            .formatted(
                                                    used, problem.replace("bytes", "characters"))));
        }
    }

    private void content(String path) {
        var template = TEMPLATES.get(path);
        if (template != null) {
            if (Json.at(object.tree(), template.split("\\.")) instanceof Map<?, ?> pod) {
                new PodAdvice(template + ".", warnings).check(Json.cast(pod));
            }
            return;
        }
        switch (path) {
            case "/pods" -> new PodAdvice("", warnings).check(object.tree());
            case "/persistentvolumeclaims" -> claim();
            case "/persistentvolumes" -> volume();
            case "networking.k8s.io/ingresses" ->
                    annotation(
                            "kubernetes.io/ingress.class",
                            "annotation \"kubernetes.io/ingress.class\" is deprecated, please use 'spec.ingressClassName' instead");
            case "/services" ->
                    annotation(
                            "service.kubernetes.io/topology-aware-hints",
                            "annotation service.kubernetes.io/topology-aware-hints is deprecated, please use service.kubernetes.io/topology-mode instead");
            default -> {}
        }
    }

    private void claim() {
        annotation(
                "volume.beta.kubernetes.io/storage-class",
                "metadata.annotations[volume.beta.kubernetes.io/storage-class]: deprecated since v1.8; use \"storageClassName\" attribute instead");
        PodAdvice.fraction(
                Json.at(object.spec(), "resources", "requests", "storage"),
                "spec.resources.requests[storage]",
                warnings);
    }

    private void volume() {
        if ("Recycle".equals(object.spec().get("persistentVolumeReclaimPolicy"))) {
            warnings.add(
                    "spec.persistentVolumeReclaimPolicy: The Recycle reclaim policy is deprecated. Instead, the recommended approach is to use dynamic provisioning.");
        }
    }

    private void annotation(String key, String warning) {
        if (object.annotations().containsKey(key)) {
            warnings.add(warning);
        }
    }
}
