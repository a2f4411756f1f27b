package dev.slipway.kernel.kind;

import dev.slipway.kernel.kind.Kind.NameRule;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.schema.Definitions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The kinds of Kubernetes that are stored here, with nothing behind them but their schemas and rules.
///
/// Left out are those that mean nothing as data (reviews, component statuses). Second views of another kind's objects
/// are versions of that kind: `events.k8s.io/v1` of events, `autoscaling/v1` of autoscalers.
public final class BuiltInKinds {
    private static final Set<String> LEFT_OUT = Set.of("/componentstatuses");

    /// The versions that show the objects of another one: by group, version and plural, the group and plural of the
    /// kind whose objects they show.
    private static final Map<String, String> SECOND_VIEWS =
            Map.of(
                    "events.k8s.io/v1/events",
                    "/events",
                    "autoscaling/v1/horizontalpodautoscalers",
                    "autoscaling/horizontalpodautoscalers");

    /// What counts changes of its specification, by group and plural.
    private static final Set<String> GENERATION =
            Set.of(
                    "/pods",
                    "/replicationcontrollers",
                    "apps/daemonsets",
                    "apps/deployments",
                    "apps/replicasets",
                    "apps/statefulsets",
                    "batch/cronjobs",
                    "batch/jobs",
                    "networking.k8s.io/ingresses",
                    "networking.k8s.io/ingressclasses",
                    "networking.k8s.io/networkpolicies",
                    "policy/poddisruptionbudgets",
                    "apiextensions.k8s.io/customresourcedefinitions",
                    "flowcontrol.apiserver.k8s.io/flowschemas",
                    "flowcontrol.apiserver.k8s.io/prioritylevelconfigurations",
                    "admissionregistration.k8s.io/mutatingadmissionpolicies",
                    "admissionregistration.k8s.io/mutatingadmissionpolicybindings",
                    "admissionregistration.k8s.io/mutatingwebhookconfigurations",
                    "admissionregistration.k8s.io/validatingadmissionpolicies",
                    "admissionregistration.k8s.io/validatingadmissionpolicybindings",
                    "admissionregistration.k8s.io/validatingwebhookconfigurations");

    /// The groups and kinds whose PUT must name the version that it replaces.
    private static final Set<String> CONDITIONAL_UPDATE =
            Set.of(
                    "admissionregistration.k8s.io",
                    "apiextensions.k8s.io",
                    "coordination.k8s.io",
                    "node.k8s.io",
                    "policy",
                    "storage.k8s.io/csidrivers",
                    "storage.k8s.io/csinodes",
                    "storage.k8s.io/csistoragecapacities");

    /// The kinds that a PUT of an absent name creates.
    private static final Set<String> CREATE_ON_UPDATE =
            Set.of(
                    "rbac.authorization.k8s.io",
                    "coordination.k8s.io/leases",
                    "node.k8s.io/runtimeclasses",
                    "/limitranges",
                    "/events",
                    "/services",
                    "/endpoints");

    private static final Set<String> LABEL_NAMES = Set.of("/namespaces", "/services");

    private BuiltInKinds() {}

    /// All of them, by group and plural. Reads the files of facts anew: done once, at the start.
    public static List<Kind> load() {
        var definitions = Definitions.load();
        return definitions.kinds().stream()
                .filter(facts -> !LEFT_OUT.contains(path(facts)) && !isSecondView(facts))
                .map(facts -> kind(facts, definitions))
                .toList();
    }

    private static boolean isSecondView(Map<String, Object> facts) {
        return SECOND_VIEWS.containsKey(versioned(facts));
    }

    private static String versioned(Map<String, Object> facts) {
        return "%s/%s/%s".formatted(facts.get("group"), facts.get("version"), facts.get("plural"));
    }

    private static Kind kind(Map<String, Object> facts, Definitions definitions) {
        var versions = new ArrayList<KindVersion>();
        versions.add(version(facts, definitions));
        definitions.kinds().stream()
                .filter(other -> path(facts).equals(SECOND_VIEWS.get(versioned(other))))
                .map(other -> secondView(other, facts, definitions))
                .forEach(versions::add);
        return new Kind(
                Json.string(facts, "group"),
                names(facts),
                Boolean.TRUE.equals(facts.get("namespaced")),
                versions,
                List.of(),
                rules(path(facts), Json.string(facts, "group")));
    }

    /// @param facts of the view
    /// @param of what it shows
    private static KindVersion secondView(
            Map<String, Object> facts, Map<String, Object> of, Definitions definitions) {
        var group = Json.string(facts, "group");
        return new KindVersion(
                Json.string(facts, "version"),
                true,
                false,
                definitions.schema(Json.string(facts, "definition")),
                texts(facts, "subresources").contains("status"),
                Optional.empty(),
                BuiltInColumns.of(path(of)),
                SELECTABLE.getOrDefault(path(facts), List.of()),
                Optional.empty(),
                group.equals(Json.string(of, "group")) ? Optional.empty() : Optional.of(group));
    }

    private static Names names(Map<String, Object> facts) {
        var kind = Json.string(facts, "kind");
        return new Names(
                Json.string(facts, "plural"),
                Json.string(facts, "singular"),
                kind,
                kind + "List",
                texts(facts, "shortNames"),
                texts(facts, "categories"));
    }

    private static KindVersion version(Map<String, Object> facts, Definitions definitions) {
        var subresources = texts(facts, "subresources");
        return new KindVersion(
                Json.string(facts, "version"),
                true,
                true,
                definitions.schema(Json.string(facts, "definition")),
                subresources.contains("status"),
                subresources.contains("scale") ? Optional.of(SCALE) : Optional.empty(),
                BuiltInColumns.of(path(facts)),
                SELECTABLE.getOrDefault(path(facts), List.of()),
                Optional.empty());
    }

    private static final KindVersion.Scale SCALE =
            new KindVersion.Scale(".spec.replicas", ".status.replicas", ".spec.selector");

    /// What field selectors may name.
    private static final Map<String, List<String>> SELECTABLE =
            Map.ofEntries(
                    Map.entry(
                            "/pods",
                            List.of(
                                    ".spec.nodeName",
                                    ".spec.restartPolicy",
                                    ".spec.schedulerName",
                                    ".spec.serviceAccountName",
                                    ".spec.hostNetwork",
                                    ".status.phase",
                                    ".status.podIP",
                                    ".status.podIPs",
                                    ".status.nominatedNodeName")),
                    Map.entry(
                            "/events",
                            List.of(
                                    ".involvedObject.kind",
                                    ".involvedObject.namespace",
                                    ".involvedObject.name",
                                    ".involvedObject.uid",
                                    ".involvedObject.apiVersion",
                                    ".involvedObject.resourceVersion",
                                    ".involvedObject.fieldPath",
                                    ".reason",
                                    ".reportingComponent",
                                    ".source",
                                    ".type")),
                    Map.entry(
                            "events.k8s.io/events",
                            List.of(
                                    ".regarding.kind",
                                    ".regarding.namespace",
                                    ".regarding.name",
                                    ".regarding.uid",
                                    ".regarding.apiVersion",
                                    ".regarding.resourceVersion",
                                    ".regarding.fieldPath",
                                    ".reason",
                                    ".reportingController",
                                    ".type")),
                    Map.entry("/secrets", List.of(".type")),
                    Map.entry("/namespaces", List.of(".status.phase")),
                    Map.entry("/nodes", List.of(".spec.unschedulable")),
                    Map.entry("/services", List.of(".spec.clusterIP", ".spec.type")),
                    Map.entry("/replicationcontrollers", List.of(".status.replicas")),
                    Map.entry("apps/replicasets", List.of(".status.replicas")),
                    Map.entry("batch/jobs", List.of(".status.successful")),
                    Map.entry(
                            "certificates.k8s.io/certificatesigningrequests",
                            List.of(".spec.signerName")));

    private static Kind.Rules rules(String path, String group) {
        return new Kind.Rules(
                true,
                GENERATION.contains(path),
                !CONDITIONAL_UPDATE.contains(group) && !CONDITIONAL_UPDATE.contains(path),
                CREATE_ON_UPDATE.contains(group) || CREATE_ON_UPDATE.contains(path),
                nameRule(path, group));
    }

    private static NameRule nameRule(String path, String group) {
        if (group.equals("rbac.authorization.k8s.io")) {
            return NameRule.PATH_SEGMENT;
        }
        return LABEL_NAMES.contains(path) ? NameRule.LABEL : NameRule.SUBDOMAIN;
    }

    /// `apps/deployments`, `/pods`.
    private static String path(Map<String, Object> facts) {
        return facts.get("group") + "/" + facts.get("plural");
    }

    private static List<String> texts(Map<String, Object> facts, String key) {
        return Json.list(facts, key).stream().map(String.class::cast).toList();
    }
}
