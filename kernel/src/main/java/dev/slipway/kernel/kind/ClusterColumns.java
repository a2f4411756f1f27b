package dev.slipway.kernel.kind;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The columns of `kubectl get` for the kinds that make up a cluster: nodes, storage, quotas, classes and policies.
final class ClusterColumns {
    private static final String CLASS = "VolumeAttributesClass";

    private ClusterColumns() {}

    /// @param path `storage.k8s.io/storageclasses`, `/nodes`; the age alone for what has no columns of its own
    static List<PrinterColumn> of(String path) {
        return switch (path) {
            case "/nodes" -> nodes();
            case "/persistentvolumeclaims" -> claims();
            case "/persistentvolumes" -> volumes();
            case "/resourcequotas" ->
                    List.of(
                            BuiltInColumns.AGE,
                            text("Request", ClusterCells.quotas(false)),
                            text("Limit", ClusterCells.quotas(true)));
            case "storage.k8s.io/storageclasses" -> storageClasses();
            case "storage.k8s.io/csidrivers" -> drivers();
            case "storage.k8s.io/csinodes" ->
                    aged(BuiltInColumns.count("Drivers", Cells.sizeAt("spec", "drivers")));
            case "storage.k8s.io/volumeattachments" -> attachments();
            case "scheduling.k8s.io/priorityclasses" -> priorities();
            default -> policies(path);
        };
    }

    private static List<PrinterColumn> policies(String path) {
        return switch (path) {
            case "admissionregistration.k8s.io/validatingadmissionpolicies" ->
                    aged(
                            BuiltInColumns.count(
                                    "Validations", Cells.sizeAt("spec", "validations")),
                            text("ParamKind", ClusterCells::parameterKind));
            case "admissionregistration.k8s.io/validatingadmissionpolicybindings" ->
                    aged(
                            text("PolicyName", ".spec.policyName"),
                            text("ParamRef", ClusterCells::parameters));
            case "flowcontrol.apiserver.k8s.io/flowschemas" -> flows();
            case "flowcontrol.apiserver.k8s.io/prioritylevelconfigurations" -> levels();
            default -> List.of(BuiltInColumns.AGE);
        };
    }

    private static List<PrinterColumn> nodes() {
        return Stream.of(
                        text("Status", Cells::nodeStatus),
                        text("Roles", Cells::nodeRoles),
                        BuiltInColumns.AGE,
                        text("Version", ".status.nodeInfo.kubeletVersion"),
                        text("Internal-IP", ClusterCells.nodeAddress("InternalIP")).wide(),
                        text("External-IP", ClusterCells.nodeAddress("ExternalIP")).wide(),
                        text("OS-Image", ClusterCells.nodeFact("osImage")).wide(),
                        text("Kernel-Version", ClusterCells.nodeFact("kernelVersion")).wide(),
                        text("Container-Runtime", ClusterCells.nodeFact("containerRuntimeVersion"))
                                .wide())
                .toList();
    }

    private static List<PrinterColumn> claims() {
        return aged(
                text("Status", ClusterCells::phase),
                text("Volume", ".spec.volumeName"),
                text("Capacity", ClusterCells.bound(Cells.or("", "status", "capacity", "storage"))),
                text("Access Modes", ClusterCells.bound(Cells.accessModes("status"))),
                text("StorageClass", ".spec.storageClassName"),
                text(CLASS, Cells.orUnset("spec", "volumeAttributesClassName")),
                text("VolumeMode", Cells.orUnset("spec", "volumeMode")).wide());
    }

    private static List<PrinterColumn> volumes() {
        return aged(
                text("Capacity", ".spec.capacity.storage"),
                text("Access Modes", Cells.accessModes("spec")),
                text("Reclaim Policy", ".spec.persistentVolumeReclaimPolicy"),
                text("Status", ClusterCells::phase),
                text("Claim", ClusterCells::claim),
                text("StorageClass", ".spec.storageClassName"),
                text(CLASS, Cells.orUnset("spec", "volumeAttributesClassName")),
                text("Reason", ".status.reason"),
                text("VolumeMode", Cells.orUnset("spec", "volumeMode")).wide());
    }

    private static List<PrinterColumn> storageClasses() {
        return aged(
                text("Provisioner", ".provisioner"),
                text("ReclaimPolicy", ".reclaimPolicy"),
                text("VolumeBindingMode", ".volumeBindingMode"),
                text("AllowVolumeExpansion", Cells.or(false, "allowVolumeExpansion")));
    }

    private static List<PrinterColumn> drivers() {
        return aged(
                flag("AttachRequired", true, "spec", "attachRequired"),
                flag("PodInfoOnMount", false, "spec", "podInfoOnMount"),
                flag("StorageCapacity", false, "spec", "storageCapacity"),
                text("TokenRequests", ClusterCells::audiences),
                flag("RequiresRepublish", false, "spec", "requiresRepublish"),
                text("Modes", ClusterCells::lifecycleModes));
    }

    private static List<PrinterColumn> attachments() {
        return aged(
                text("Attacher", ".spec.attacher").formatted("name"),
                text("PV", Cells.or("", "spec", "source", "persistentVolumeName")),
                text("Node", ".spec.nodeName"),
                flag("Attached", false, "status", "attached"));
    }

    private static List<PrinterColumn> priorities() {
        var columns =
                new ArrayList<>(
                        aged(
                                PrinterColumn.of("Value", "integer", ".value"),
                                flag("Global-Default", false, "globalDefault")));
        columns.add(text("PreemptionPolicy", ".preemptionPolicy"));
        return columns;
    }

    private static List<PrinterColumn> flows() {
        var columns =
                new ArrayList<>(
                        aged(
                                text("PriorityLevel", ".spec.priorityLevelConfiguration.name"),
                                text(
                                        "MatchingPrecedence",
                                        Cells.number("spec", "matchingPrecedence")),
                                text(
                                        "DistinguisherMethod",
                                        Cells.orNone("spec", "distinguisherMethod", "type"))));
        columns.add(text("MissingPL", ClusterCells::dangling));
        return columns;
    }

    private static List<PrinterColumn> levels() {
        return aged(
                text("Type", ".spec.type"),
                text("NominalConcurrencyShares", limited("nominalConcurrencyShares")),
                text("Queues", queuing("queues")),
                text("HandSize", queuing("handSize")),
                text("QueueLengthLimit", queuing("queueLengthLimit")));
    }

    private static Cell limited(String field) {
        return Cells.or("<none>", "spec", "limited", field);
    }

    private static Cell queuing(String field) {
        return Cells.or("<none>", "spec", "limited", "limitResponse", "queuing", field);
    }

    private static PrinterColumn flag(String name, boolean otherwise, String... path) {
        return PrinterColumn.of(name, "boolean", Cells.or(otherwise, path));
    }

    private static PrinterColumn text(String name, String jsonPath) {
        return BuiltInColumns.text(name, jsonPath);
    }

    private static PrinterColumn text(String name, Cell cell) {
        return BuiltInColumns.text(name, cell);
    }

    private static List<PrinterColumn> aged(PrinterColumn... columns) {
        return BuiltInColumns.aged(columns);
    }
}
