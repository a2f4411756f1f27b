package dev.slipway.kernel.kind;

import static dev.slipway.kernel.kind.FieldChecks.amounts;
import static dev.slipway.kernel.kind.FieldChecks.between;
import static dev.slipway.kernel.kind.FieldChecks.cidr;
import static dev.slipway.kernel.kind.FieldChecks.count;
import static dev.slipway.kernel.kind.FieldChecks.key;
import static dev.slipway.kernel.kind.FieldChecks.labels;
import static dev.slipway.kernel.kind.FieldChecks.needs;
import static dev.slipway.kernel.kind.FieldChecks.notEmpty;
import static dev.slipway.kernel.kind.FieldChecks.notNegative;
import static dev.slipway.kernel.kind.FieldChecks.oneOf;
import static dev.slipway.kernel.kind.FieldChecks.port;
import static dev.slipway.kernel.kind.FieldChecks.segment;
import static dev.slipway.kernel.kind.FieldChecks.selector;
import static dev.slipway.kernel.kind.FieldChecks.share;
import static dev.slipway.kernel.kind.FieldChecks.subdomain;
import static dev.slipway.kernel.kind.FieldChecks.text;
import static dev.slipway.kernel.kind.FieldRules.at;
import static dev.slipway.kernel.kind.FieldRules.object;
import static java.util.Map.entry;

import java.util.List;
import java.util.Map;

/// What may stand in the fields of built-in kinds, one value at a time; what belongs together is in the rules of each.
final class KindFields {
    private static final String[] ACCESS_MODES = {
        "ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"
    };
    private static final String[] PROTOCOLS = {"SCTP", "TCP", "UDP"};

    private static final FieldRules DEPLOYMENT =
            FieldRules.of(
                    at("spec.selector", selector()),
                    at("spec.strategy.type", oneOf("Recreate", "RollingUpdate")),
                    at("spec.strategy.rollingUpdate.maxSurge", count()),
                    at("spec.strategy.rollingUpdate.maxUnavailable", share()));

    private static final FieldRules STATEFUL_SET =
            FieldRules.of(
                    at("metadata.name", atMost(63)),
                    at("spec.selector", selector()),
                    at("spec.podManagementPolicy", oneOf("OrderedReady", "Parallel")),
                    at("spec.updateStrategy.type", oneOf("OnDelete", "RollingUpdate")),
                    object("spec.updateStrategy", UpdateRules::rolls),
                    at("spec.updateStrategy.rollingUpdate.partition", notNegative()),
                    at(
                            "spec.persistentVolumeClaimRetentionPolicy.whenDeleted",
                            oneOf("Delete", "Retain")),
                    at(
                            "spec.persistentVolumeClaimRetentionPolicy.whenScaled",
                            oneOf("Delete", "Retain")),
                    at("spec.ordinals.start", notNegative()));

    private static final FieldRules DAEMON_SET =
            FieldRules.of(
                    at("spec.selector", selector()),
                    at("spec.updateStrategy.type", oneOf("OnDelete", "RollingUpdate")),
                    at("spec.updateStrategy.rollingUpdate.maxSurge", share()),
                    at("spec.updateStrategy.rollingUpdate.maxUnavailable", share()),
                    object("spec.updateStrategy.rollingUpdate", UpdateRules::proceeds));

    private static final FieldRules JOB_SPEC =
            FieldRules.of(
                    object("", UpdateRules::mayFail),
                    at("podFailurePolicy.rules[].onExitCodes.operator", oneOf("In", "NotIn")),
                    at(
                            "podFailurePolicy.rules[].onExitCodes.values",
                            notEmpty("at least one value is required")),
                    at("managedBy", text(KindFields::domainPath)));

    private static final FieldRules CRON_JOB =
            FieldRules.of(
                    at("metadata.name", atMost(52)),
                    at("spec.startingDeadlineSeconds", notNegative()),
                    at("spec.successfulJobsHistoryLimit", notNegative()),
                    at("spec.failedJobsHistoryLimit", notNegative()),
                    at(
                            "spec.jobTemplate.spec.manualSelector",
                            (value, path, findings) -> {
                                if (Boolean.TRUE.equals(value)) {
                                    findings.notSupported(path, true, "false", "nil");
                                }
                            }),
                    at("spec.jobTemplate.spec", JOB_SPEC));

    private static final FieldRules INGRESS =
            FieldRules.of(
                    at("spec.tls[].hosts[]", text(IngressRules::hostProblems)),
                    at("spec.tls[].secretName", subdomain()),
                    at("spec.ingressClassName", subdomain()));

    private static final FieldRules CLAIM =
            FieldRules.of(
                    at("spec.accessModes[]", oneOf(ACCESS_MODES)),
                    at("spec.volumeMode", oneOf("Block", "Filesystem")),
                    at("spec.storageClassName", nameOrNone()),
                    at("spec.selector", selector()));

    private static final FieldRules VOLUME =
            FieldRules.of(
                    at("spec.accessModes[]", oneOf(ACCESS_MODES)),
                    at("spec.volumeMode", oneOf("Block", "Filesystem")),
                    at("spec.storageClassName", nameOrNone()),
                    object("", needs("spec")),
                    object("spec", needs("capacity", "accessModes")),
                    object("spec.capacity", amounts()),
                    object(
                            "spec.capacity",
                            (capacity, path, findings) -> {
                                if (!capacity.keySet().equals(java.util.Set.of("storage"))) {
                                    findings.notSupported(path, capacity, "storage");
                                }
                            }),
                    object("spec.nodeAffinity", needs("required")),
                    at("spec.persistentVolumeReclaimPolicy", oneOf("Delete", "Recycle", "Retain")));

    private static final FieldRules TARGET =
            FieldRules.of(
                    at("averageUtilization", positive()),
                    at("type", oneOf("AverageValue", "Utilization", "Value")));

    private static final FieldRules SCALING =
            FieldRules.of(
                    at("selectPolicy", oneOf("Disabled", "Max", "Min")),
                    at("stabilizationWindowSeconds", notNegative()),
                    at("policies", notEmpty("must specify at least one Policy")),
                    at("policies[].type", oneOf("Percent", "Pods")),
                    at(
                            "policies[].value",
                            between(1, Integer.MAX_VALUE, "must be greater than zero")),
                    at(
                            "policies[].periodSeconds",
                            between(1, Integer.MAX_VALUE, "must be greater than zero")));

    private static final FieldRules AUTOSCALER =
            FieldRules.of(
                    at("spec.scaleTargetRef.kind", notEmpty("")),
                    at("spec.scaleTargetRef.name", notEmpty("")),
                    at("spec.scaleTargetRef.name", segment()),
                    object("spec.metrics[]", AutoscalerRules::metric),
                    at("spec.metrics[].resource.target", TARGET),
                    at("spec.metrics[].containerResource.target", TARGET),
                    at(
                            "spec.metrics[].containerResource.container",
                            notEmpty("must specify a container")),
                    at("spec.behavior.scaleUp", SCALING),
                    at("spec.behavior.scaleDown", SCALING));

    private static final FieldRules BINDING =
            FieldRules.of(
                    at("roleRef.apiGroup", oneOf("rbac.authorization.k8s.io")),
                    at("roleRef.name", segment()));

    private static final FieldRules BUDGET =
            FieldRules.of(
                    at("spec.minAvailable", share()),
                    at("spec.maxUnavailable", share()),
                    at("spec.selector", selector()),
                    at("spec.unhealthyPodEvictionPolicy", oneOf("AlwaysAllow", "IfHealthyBudget")));

    private static final FieldRules PEER =
            FieldRules.of(
                    at("podSelector", selector()),
                    at("namespaceSelector", selector()),
                    at("ipBlock.cidr", cidr()),
                    at("ipBlock.except[]", cidr()),
                    object("", NetworkPolicyRules::peer));

    private static final FieldRules NETWORK_PORT =
            FieldRules.of(
                    at("port", port()),
                    at("protocol", oneOf(PROTOCOLS)),
                    object("", NetworkPolicyRules::range));

    private static final FieldRules NETWORK_POLICY =
            FieldRules.of(
                    at("spec.podSelector", selector()),
                    at("spec.policyTypes[]", oneOf("Egress", "Ingress")),
                    at("spec.ingress[].from[]", PEER),
                    at("spec.egress[].to[]", PEER),
                    at("spec.ingress[].ports[]", NETWORK_PORT),
                    at("spec.egress[].ports[]", NETWORK_PORT));

    private static final FieldRules QUOTA = FieldRules.of(object("spec.hard", amounts()));

    private static final FieldRules PRIORITY_CLASS =
            FieldRules.of(at("preemptionPolicy", oneOf("Never", "PreemptLowerPriority")));

    private static final FieldRules STORAGE_CLASS =
            FieldRules.of(
                    object(
                            "parameters",
                            (parameters, path, findings) -> {
                                if (parameters.containsKey("")) {
                                    findings.invalid(path, "", "field can not be empty.");
                                }
                            }),
                    at("provisioner", notEmpty("")),
                    at("provisioner", FieldChecks.lowerCaseKey()),
                    at("reclaimPolicy", oneOf("Delete", "Retain")),
                    at("volumeBindingMode", oneOf("Immediate", "WaitForFirstConsumer")));

    private static final FieldRules SLICE =
            FieldRules.of(
                    at("addressType", oneOf("FQDN", "IPv4", "IPv6")),
                    at("endpoints[].addresses", notEmpty("must contain at least 1 address")),
                    object("", EndpointRules::slice),
                    at("ports[].name", labelOrNone()),
                    at("ports[].protocol", oneOf(PROTOCOLS)));

    private static final FieldRules ENDPOINTS =
            FieldRules.of(
                    object("subsets[]", EndpointRules::subset),
                    at("subsets[].addresses[].ip", AddressRules.reachable()),
                    at("subsets[].notReadyAddresses[].ip", AddressRules.reachable()),
                    at("subsets[].ports[].port", port()),
                    at("subsets[].ports[].protocol", oneOf(PROTOCOLS)));

    private static final FieldRules INGRESS_CLASS =
            FieldRules.of(
                    object("spec", needs("controller")),
                    object("spec.parameters", EndpointRules::parameters),
                    at("spec.controller", text(KindFields::domainPath)));

    private static final FieldRules NODE =
            FieldRules.of(
                    at("spec.taints[].key", key()),
                    at(
                            "spec.taints[].effect",
                            oneOf("NoExecute", "NoSchedule", "PreferNoSchedule")),
                    at("spec.podCIDR", cidr()),
                    at("spec.podCIDRs[]", cidr()));

    private static final FieldRules SERVICE =
            FieldRules.of(
                    object("spec.selector", labels()),
                    at("spec.ports[].targetPort", port()),
                    at("spec.ports[].appProtocol", key()),
                    at("spec.externalIPs[]", AddressRules.reachable()),
                    at(
                            "spec.trafficDistribution",
                            oneOf("PreferClose", "PreferSameNode", "PreferSameZone")),
                    at("spec.internalTrafficPolicy", oneOf("Cluster", "Local")),
                    at(
                            "spec.ipFamilyPolicy",
                            oneOf("PreferDualStack", "RequireDualStack", "SingleStack")),
                    at("spec.ipFamilies[]", oneOf("IPv4", "IPv6")),
                    at(
                            "spec.sessionAffinityConfig.clientIP.timeoutSeconds",
                            between(1, 86_400, "must be greater than 0 and less than 86400")));

    private static final FieldRules CLUSTER_ROLE =
            FieldRules.of(
                    object(
                            "aggregationRule",
                            (rule, path, findings) -> {
                                if (FieldChecks.isEmpty(rule.get("clusterRoleSelectors"))) {
                                    findings.required(
                                            path + ".clusterRoleSelectors",
                                            "at least one clusterRoleSelector required if aggregationRule is non-nil");
                                }
                            }),
                    at("aggregationRule.clusterRoleSelectors[]", selector()));

    private static final Map<String, FieldRules> ALL =
            Map.ofEntries(
                    entry("apps/deployments", DEPLOYMENT),
                    entry("apps/replicasets", FieldRules.of(at("spec.selector", selector()))),
                    entry("apps/statefulsets", STATEFUL_SET),
                    entry("apps/daemonsets", DAEMON_SET),
                    entry("batch/jobs", FieldRules.of(at("spec", JOB_SPEC))),
                    entry("batch/cronjobs", CRON_JOB),
                    entry("/services", SERVICE),
                    entry("networking.k8s.io/ingresses", INGRESS),
                    entry("/persistentvolumeclaims", CLAIM),
                    entry("/persistentvolumes", VOLUME),
                    entry("autoscaling/horizontalpodautoscalers", AUTOSCALER),
                    entry("rbac.authorization.k8s.io/clusterroles", CLUSTER_ROLE),
                    entry("rbac.authorization.k8s.io/rolebindings", BINDING),
                    entry("rbac.authorization.k8s.io/clusterrolebindings", BINDING),
                    entry("policy/poddisruptionbudgets", BUDGET),
                    entry("networking.k8s.io/networkpolicies", NETWORK_POLICY),
                    entry("/resourcequotas", QUOTA),
                    entry("scheduling.k8s.io/priorityclasses", PRIORITY_CLASS),
                    entry("storage.k8s.io/storageclasses", STORAGE_CLASS),
                    entry("discovery.k8s.io/endpointslices", SLICE),
                    entry("/endpoints", ENDPOINTS),
                    entry("networking.k8s.io/ingressclasses", INGRESS_CLASS),
                    entry("/nodes", NODE));

    private KindFields() {}

    /// @param kind group and plural, with a slash between them
    static void check(String kind, Map<String, Object> object, Findings findings) {
        var rules = ALL.get(kind);
        if (rules != null) {
            rules.check(object, "", findings);
        }
    }

    private static FieldCheck positive() {
        return between(1, Integer.MAX_VALUE, "must be greater than 0");
    }

    private static FieldCheck atMost(int bytes) {
        return text(name ->
                name.length() > bytes
                        ? List.of("must be no more than " + bytes + " bytes")
                        : List.of());
    }

    private static FieldCheck nameOrNone() {
        return text(name -> name.isEmpty() ? List.of() : MetadataRules.subdomain(name));
    }

    private static FieldCheck labelOrNone() {
        return text(name -> name.isEmpty() ? List.of() : MetadataRules.label(name));
    }

    private static List<String> domainPath(String path) {
        var slash = path.indexOf('/');
        return path.isEmpty()
                        || (slash > 0
                                && slash < path.length() - 1
                                && MetadataRules.subdomain(path.substring(0, slash)).isEmpty())
                ? List.of()
                : List.of("must be a domain-prefixed path (such as \"acme.io/foo\")");
    }
}
