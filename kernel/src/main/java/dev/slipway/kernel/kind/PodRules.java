package dev.slipway.kernel.kind;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.schema.Amounts;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The rules of what pods are made of, alone or in the template of a workload.
///
/// @param findings where problems are added
record PodRules(Findings findings) {
    private static final long GRACE_SECONDS = 30;
    private static final List<String> PULL_POLICIES = List.of("Always", "IfNotPresent", "Never");
    private static final List<String> PROTOCOLS = List.of("SCTP", "TCP", "UDP");
    private static final List<String> DNS_POLICIES =
            List.of("ClusterFirst", "ClusterFirstWithHostNet", "Default", "None");

    void spec(Map<String, Object> spec, String path) {
        spec(spec, path, Set.of());
    }

    /// @param claimed the names of volumes that the workload brings, beside those of the pod
    void spec(Map<String, Object> spec, String path, Set<String> claimed) {
        if (FieldChecks.isEmpty(spec.get("containers"))) {
            findings.required(path + ".containers");
        }
        PodFields.SPEC.check(spec, path, findings);
        findings.oneOf(
                path + ".restartPolicy",
                spec.get("restartPolicy"),
                List.of("Always", "OnFailure", "Never"));
        findings.oneOf(path + ".dnsPolicy", spec.get("dnsPolicy"), DNS_POLICIES);
        var volumes = volumes(CustomKinds.objects(spec, "volumes"), path + ".volumes");
        volumes.addAll(claimed);
        var names = new HashSet<String>();
        for (var field : List.of("containers", "initContainers")) {
            var containers = CustomKinds.objects(spec, field);
            for (int i = 0; i < containers.size(); i++) {
                var where = path + "." + field + "[" + i + "]";
                container(containers.get(i), where, names, volumes);
                pause(containers.get(i), where, spec.get("terminationGracePeriodSeconds"));
                if (field.equals("containers")) {
                    mainContainer(containers.get(i), where);
                } else {
                    initContainer(containers.get(i), where);
                }
                if (Boolean.TRUE.equals(spec.get("hostNetwork"))) {
                    hostPorts(CustomKinds.objects(containers.get(i), "ports"), where + ".ports");
                }
            }
        }
    }

    /// Nobody can pause longer than there is time to end.
    private void pause(Map<String, Object> container, String path, @Nullable Object grace) {
        var most = grace instanceof Long seconds ? seconds : GRACE_SECONDS;
        if (Json.at(container, "lifecycle", "preStop", "sleep", "seconds") instanceof Long seconds
                && (seconds < 0 || seconds > most)) {
            findings.invalid(
                    path + ".lifecycle.preStop.sleep",
                    seconds,
                    "must be non-negative and less than terminationGracePeriodSeconds (%d)"
                            .formatted(most));
        }
    }

    private void mainContainer(Map<String, Object> container, String path) {
        if (container.get("restartPolicy") != null) {
            findings.forbidden(path + ".restartPolicy", "may not be set for non-init containers");
        }
    }

    /// Those that come before the others and end; with `restartPolicy: Always` they stay.
    private void initContainer(Map<String, Object> container, String path) {
        findings.oneOf(path + ".restartPolicy", container.get("restartPolicy"), List.of("Always"));
        if (container.get("restartPolicy") != null) {
            return;
        }
        for (var field : List.of("lifecycle", "livenessProbe", "readinessProbe", "startupProbe")) {
            if (container.get(field) != null) {
                findings.forbidden(
                        path + "." + field,
                        "may not be set for init containers without restartPolicy=Always");
            }
        }
    }

    private void hostPorts(List<Map<String, Object>> ports, String path) {
        for (int i = 0; i < ports.size(); i++) {
            var number = ports.get(i).get("hostPort");
            if (number instanceof Long && !number.equals(ports.get(i).get("containerPort"))) {
                findings.invalid(
                        path + "[" + i + "].hostPort",
                        number,
                        "must match `containerPort` when `hostNetwork` is true");
            }
        }
    }

    private Set<String> volumes(List<Map<String, Object>> volumes, String path) {
        var names = new HashSet<String>();
        for (int i = 0; i < volumes.size(); i++) {
            var volume = volumes.get(i);
            name(volume, path + "[" + i + "].name", names);
            var sources =
                    volume.keySet().stream()
                            .filter(key -> !key.equals("name"))
                            .filter(key -> volume.get(key) != null)
                            .toList();
            for (var extra : sources.subList(Math.min(1, sources.size()), sources.size())) {
                findings.forbidden(
                        path + "[" + i + "]." + extra, "may not specify more than 1 volume type");
            }
        }
        return names;
    }

    private void container(
            Map<String, Object> container, String path, Set<String> names, Set<String> volumes) {
        name(container, path + ".name", names);
        var image = Json.string(container, "image");
        if (image.isEmpty()) {
            findings.required(path + ".image");
        } else if (!image.equals(image.strip())) {
            findings.invalid(
                    path + ".image", image, "must not have leading or trailing whitespace");
        }
        findings.oneOf(path + ".imagePullPolicy", container.get("imagePullPolicy"), PULL_POLICIES);
        ports(CustomKinds.objects(container, "ports"), path + ".ports");
        environment(CustomKinds.objects(container, "env"), path + ".env");
        mounts(CustomKinds.objects(container, "volumeMounts"), path + ".volumeMounts", volumes);
        devices(CustomKinds.objects(container, "volumeDevices"), path + ".volumeDevices", volumes);
        resources(Json.object(container, "resources"), path + ".resources.requests");
        ContainerFields.CONTAINER.check(container, path, findings);
    }

    /// Nobody asks for more than they may use.
    private void resources(Map<String, Object> resources, String path) {
        var limits = Json.object(resources, "limits");
        Json.object(resources, "requests")
                .forEach((name, wanted) -> {
                    var most = limits.get(name);
                    var asked = Amounts.worth(String.valueOf(wanted));
                    var allowed = Amounts.worth(String.valueOf(most));
                    if (asked.isPresent()
                            && allowed.isPresent()
                            && asked.get().compareTo(allowed.get()) > 0) {
                        findings.invalid(
                                path,
                                wanted,
                                "must be less than or equal to %s limit of %s"
                                        .formatted(name, most));
                    }
                });
    }

    /// A name that must be there, be a label, and be the only one of its kind.
    private void name(Map<String, Object> named, String path, Set<String> names) {
        var name = Json.string(named, "name");
        if (name.isEmpty()) {
            if (named.containsKey("name")) {
                findings.required(path);
            }
            return;
        }
        findings.invalid(path, name, MetadataRules.label(name));
        if (!names.add(name)) {
            findings.duplicate(path, name);
        }
    }

    private void ports(List<Map<String, Object>> ports, String path) {
        var names = new HashSet<String>();
        for (int i = 0; i < ports.size(); i++) {
            var port = ports.get(i);
            findings.port(path + "[" + i + "].containerPort", port.get("containerPort"));
            if (!Long.valueOf(0).equals(port.get("hostPort"))) {
                findings.port(path + "[" + i + "].hostPort", port.get("hostPort"));
            }
            findings.oneOf(path + "[" + i + "].protocol", port.get("protocol"), PROTOCOLS);
            var name = Json.string(port, "name");
            if (!name.isEmpty() && !names.add(name)) {
                findings.duplicate(path + "[" + i + "].name", name);
            }
        }
    }

    private void environment(List<Map<String, Object>> variables, String path) {
        for (int i = 0; i < variables.size(); i++) {
            var variable = variables.get(i);
            if (variable.containsKey("name") && Json.string(variable, "name").isEmpty()) {
                findings.required(path + "[" + i + "].name");
            }
            if (!Json.string(variable, "value").isEmpty() && variable.containsKey("valueFrom")) {
                findings.invalid(
                        path + "[" + i + "].valueFrom",
                        "",
                        "may not be specified when `value` is not empty");
            }
        }
    }

    private void devices(List<Map<String, Object>> devices, String path, Set<String> volumes) {
        for (int i = 0; i < devices.size(); i++) {
            var name = Json.string(devices.get(i), "name");
            if (!volumes.contains(name)) {
                findings.notFound(path + "[" + i + "].name", name);
            }
        }
    }

    private void mounts(List<Map<String, Object>> mounts, String path, Set<String> volumes) {
        var places = new HashSet<String>();
        for (int i = 0; i < mounts.size(); i++) {
            var name = Json.string(mounts.get(i), "name");
            if (!volumes.contains(name)) {
                findings.notFound(path + "[" + i + "].name", name);
            }
            var place = Json.string(mounts.get(i), "mountPath");
            if (place.isEmpty()) {
                findings.required(path + "[" + i + "].mountPath");
            } else if (!places.add(place)) {
                findings.invalid(path + "[" + i + "].mountPath", place, "must be unique");
            }
        }
    }
}
