package dev.slipway.kernel.kind;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// The columns of `kubectl get` for built-in kinds, after the name, as kube-apiserver has them.
final class BuiltInColumns {
    private static final PrinterColumn CONTAINERS =
            text("Containers", Cells.containers("name")).wide();
    private static final PrinterColumn IMAGES = text("Images", Cells.containers("image")).wide();
    private static final PrinterColumn SELECTOR =
            text("Selector", Cells.selector("spec", "selector")).wide();

    /// Ages are texts here; columns of custom kinds call them dates.
    static final PrinterColumn AGE = text("Age", Cells.since("metadata", "creationTimestamp"));

    /// Of kinds of which the original has no columns of its own.
    static final PrinterColumn CREATED_AT =
            PrinterColumn.of("Created At", "date", Cells.or("", "metadata", "creationTimestamp"));

    /// The descriptions of the API's own documents, which clients find at these columns.
    private static final String CONFIG_DATA =
            "Data contains the configuration data. Each key must consist of alphanumeric characters, '-', '_' or '.'."
                    + " Values with non-UTF-8 byte sequences must use the BinaryData field. The keys stored in Data must not"
                    + " overlap with the keys in the BinaryData field, this is enforced during validation process.";

    private static final String SECRET_TYPE =
            "Used to facilitate programmatic handling of secret data. More info:"
                    + " https://kubernetes.io/docs/concepts/configuration/secret/#secret-types";
    private static final String SECRET_DATA =
            "Data contains the secret data. Each key must consist of alphanumeric characters, '-', '_' or '.'. The"
                    + " serialized form of the secret data is a base64 encoded string, representing the arbitrary (possibly"
                    + " non-string) data value here. Described in https://tools.ietf.org/html/rfc4648#section-4";

    private BuiltInColumns() {}

    /// @param path `apps/deployments`, `/pods`
    static List<PrinterColumn> of(String path) {
        return switch (path) {
            case "/pods" -> pods();
            case "/services" -> services();
            case "/namespaces" -> aged(text("Status", ".status.phase"));
            case "/configmaps" ->
                    aged(text("Data", Cells.sizes("data", "binaryData")).saying(CONFIG_DATA));
            case "/secrets" ->
                    aged(
                            text("Type", ".type").saying(SECRET_TYPE),
                            text("Data", Cells.sizes("data")).saying(SECRET_DATA));
            case "/serviceaccounts" -> aged(text("Secrets", Cells.sizes("secrets")));
            case "/endpoints" -> aged(text("Endpoints", Cells::endpoints));
            case "/events" -> events();
            case "apps/deployments" -> deployments();
            case "apps/statefulsets" -> ready(aged(CONTAINERS, IMAGES));
            case "apps/replicasets", "/replicationcontrollers" -> replicaSets();
            case "apps/daemonsets" -> daemonSets();
            case "apps/controllerrevisions" ->
                    aged(
                            text("Controller", Cells::controller),
                            text("Revision", Cells.number("revision")));
            case "/podtemplates" ->
                    List.of(
                            text("Containers", Cells.containersOf("name", "template", "spec")),
                            text("Images", Cells.containersOf("image", "template", "spec")),
                            text("Pod Labels", Cells.selector("template", "metadata", "labels")));
            default -> others(path);
        };
    }

    private static List<PrinterColumn> others(String path) {
        return switch (path) {
            case "batch/jobs" -> jobs();
            case "batch/cronjobs" -> cronJobs();
            case "networking.k8s.io/ingresses" -> ingresses();
            case "networking.k8s.io/ingressclasses" ->
                    aged(
                            text("Controller", ".spec.controller"),
                            text("Parameters", Cells::classParameters));
            case "networking.k8s.io/networkpolicies" ->
                    aged(text("Pod-Selector", Cells.selector("spec", "podSelector")));
            case "discovery.k8s.io/endpointslices" -> endpointSlices();
            case "autoscaling/horizontalpodautoscalers" -> autoscalers();
            case "policy/poddisruptionbudgets" -> disruptionBudgets();
            case "rbac.authorization.k8s.io/roles",
                    "rbac.authorization.k8s.io/clusterroles",
                    "apiextensions.k8s.io/customresourcedefinitions",
                    "/limitranges",
                    "storage.k8s.io/csistoragecapacities" ->
                    List.of(CREATED_AT);
            case "rbac.authorization.k8s.io/rolebindings",
                    "rbac.authorization.k8s.io/clusterrolebindings" ->
                    bindings();
            case "coordination.k8s.io/leases" -> aged(text("Holder", ".spec.holderIdentity"));
            case "certificates.k8s.io/certificatesigningrequests" -> certificateRequests();
            case "node.k8s.io/runtimeclasses" -> aged(text("Handler", ".handler"));
            case "admissionregistration.k8s.io/validatingwebhookconfigurations",
                    "admissionregistration.k8s.io/mutatingwebhookconfigurations" ->
                    aged(count("Webhooks", Cells.sizes("webhooks")));
            default -> ClusterColumns.of(path);
        };
    }

    /// The age comes first here.
    private static List<PrinterColumn> certificateRequests() {
        return List.of(
                AGE,
                text("SignerName", ".spec.signerName"),
                text("Requestor", ".spec.username"),
                text("RequestedDuration", Cells::requestedDuration),
                text("Condition", Cells::decision));
    }

    private static List<PrinterColumn> pods() {
        return aged(
                text("Ready", Cells::podReady),
                text("Status", Cells::podStatus),
                text("Restarts", Cells::podRestarts),
                text("IP", Cells.orNone("status", "podIP")).wide(),
                text("Node", Cells.orNone("spec", "nodeName")).wide(),
                text("Nominated Node", Cells.orNone("status", "nominatedNodeName")).wide(),
                text("Readiness Gates", Cells::readinessGates).wide());
    }

    private static List<PrinterColumn> services() {
        return aged(
                text("Type", ".spec.type"),
                text("Cluster-IP", Cells.orNone("spec", "clusterIP")),
                text("External-IP", Cells::externalAddress),
                text("Port(s)", Cells::servicePorts),
                SELECTOR);
    }

    private static List<PrinterColumn> events() {
        return List.of(
                text("Last Seen", Cells.since("lastTimestamp")),
                text("Type", ".type"),
                text("Reason", ".reason"),
                text("Object", Cells::eventObject),
                text("Subobject", ".involvedObject.fieldPath").wide(),
                text("Source", Cells::eventSource).wide(),
                text("Message", ".message"),
                text("First Seen", Cells.since("firstTimestamp")).wide(),
                text("Count", Cells.number("count")).wide(),
                PrinterColumn.NAME.wide());
    }

    private static List<PrinterColumn> deployments() {
        return ready(
                aged(
                        text("Up-to-date", Cells.number("status", "updatedReplicas")),
                        text("Available", Cells.number("status", "availableReplicas")),
                        CONTAINERS,
                        IMAGES,
                        SELECTOR));
    }

    private static List<PrinterColumn> replicaSets() {
        return aged(
                count("Desired", Cells.number("spec", "replicas")),
                count("Current", Cells.number("status", "replicas")),
                count("Ready", Cells.number("status", "readyReplicas")),
                CONTAINERS,
                IMAGES,
                SELECTOR);
    }

    private static List<PrinterColumn> daemonSets() {
        return aged(
                count("Desired", Cells.number("status", "desiredNumberScheduled")),
                count("Current", Cells.number("status", "currentNumberScheduled")),
                count("Ready", Cells.number("status", "numberReady")),
                count("Up-to-date", Cells.number("status", "updatedNumberScheduled")),
                count("Available", Cells.number("status", "numberAvailable")),
                text("Node Selector", Cells.selector("spec", "template", "spec", "nodeSelector")),
                CONTAINERS,
                IMAGES,
                SELECTOR);
    }

    private static List<PrinterColumn> jobs() {
        return aged(
                text("Status", Cells::jobStatus),
                text("Completions", Cells::jobCompletions),
                text("Duration", Cells::jobDuration),
                CONTAINERS,
                IMAGES,
                SELECTOR);
    }

    private static List<PrinterColumn> cronJobs() {
        return aged(
                text("Schedule", ".spec.schedule"),
                text("Timezone", Cells.orNone("spec", "timeZone")),
                PrinterColumn.of("Suspend", "boolean", Cells.flag("<unset>", "spec", "suspend")),
                count("Active", Cells.sizeAt("status", "active")),
                text("Last Schedule", Cells.sinceOrNone("status", "lastScheduleTime")),
                text("Containers", Cells.containers("name", "jobTemplate")).wide(),
                text("Images", Cells.containers("image", "jobTemplate")).wide(),
                text("Selector", Cells.selector("spec", "jobTemplate", "spec", "selector")).wide());
    }

    private static List<PrinterColumn> ingresses() {
        return aged(
                text("Class", Cells.orNone("spec", "ingressClassName")),
                text("Hosts", Cells::ingressHosts),
                text("Address", Cells::balancerAddresses),
                text("Ports", Cells::ingressPorts));
    }

    private static List<PrinterColumn> endpointSlices() {
        return aged(
                text("AddressType", ".addressType"),
                text("Ports", Cells::slicePorts),
                text("Endpoints", Cells::sliceEndpoints));
    }

    private static List<PrinterColumn> autoscalers() {
        return aged(
                text("Reference", Cells::scaleTarget),
                text("Targets", Cells::autoscalerTargets),
                text("MinPods", Cells.orUnset("spec", "minReplicas")),
                text("MaxPods", Cells.number("spec", "maxReplicas")),
                text("Replicas", Cells.number("status", "currentReplicas")));
    }

    private static List<PrinterColumn> disruptionBudgets() {
        return aged(
                text("Min Available", Cells.orNotApplicable("spec", "minAvailable")),
                text("Max Unavailable", Cells.orNotApplicable("spec", "maxUnavailable")),
                count("Allowed Disruptions", Cells.number("status", "disruptionsAllowed")));
    }

    private static List<PrinterColumn> bindings() {
        return aged(
                text("Role", Cells::role),
                text("Users", Cells.subjects("User")).wide(),
                text("Groups", Cells.subjects("Group")).wide(),
                text("ServiceAccounts", Cells.subjects("ServiceAccount")).wide());
    }

    /// The columns with the age before the first that only `-o wide` shows.
    static List<PrinterColumn> aged(PrinterColumn... columns) {
        var shown = Arrays.stream(columns).filter(column -> column.priority() == 0);
        var wide = Arrays.stream(columns).filter(column -> column.priority() > 0);
        return Stream.of(shown, Stream.of(AGE), wide).flatMap(part -> part).toList();
    }

    /// The columns with `2/3` before them.
    private static List<PrinterColumn> ready(List<PrinterColumn> columns) {
        return Stream.concat(Stream.of(text("Ready", Cells::readyReplicas)), columns.stream())
                .toList();
    }

    static PrinterColumn text(String name, String jsonPath) {
        return PrinterColumn.of(name, "string", jsonPath);
    }

    static PrinterColumn text(String name, Cell cell) {
        return PrinterColumn.of(name, "string", cell);
    }

    static PrinterColumn count(String name, Cell cell) {
        return PrinterColumn.of(name, "integer", cell);
    }
}
