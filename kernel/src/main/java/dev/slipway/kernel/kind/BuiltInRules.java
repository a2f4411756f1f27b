package dev.slipway.kernel.kind;

import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.schema.Amounts;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The rules of built-in kinds that no schema says: which values belong together, and what may not change.
///
/// They are those that people meet first, not all that Kubernetes has.
public final class BuiltInRules {
    private static final FieldRules TEMPLATE =
            FieldRules.of(
                    FieldRules.object("metadata.labels", FieldChecks.labels()),
                    FieldRules.object("metadata.annotations", FieldChecks.annotations()),
                    FieldRules.at(
                            "spec.ephemeralContainers",
                            (value, path, findings) -> {
                                if (!FieldChecks.isEmpty(value)) {
                                    findings.forbidden(
                                            path,
                                            "ephemeral containers not allowed in pod template");
                                }
                            }));

    /// What of a persistent volume does not say where it lies.
    private static final Set<String> OF_VOLUMES = Set.of("capacity", "claimRef", "nodeAffinity");

    private final Findings findings = new Findings();
    private final Resource object;
    private final Optional<Resource> old;

    private BuiltInRules(Resource object, Optional<Resource> old) {
        this.object = object;
        this.old = old;
    }

    /// All that is wrong with an object, whose defaults are filled in; nothing for kinds without such rules.
    ///
    /// Values of wrong types are passed over: they are reported by their schema.
    ///
    /// @param old what it replaces
    public static List<FieldCause> check(Resource object, Kind kind, Optional<Resource> old) {
        if (!kind.rules().builtIn()) {
            return List.of();
        }
        var rules = new BuiltInRules(object, old);
        var name = kind.group() + "/" + kind.names().plural();
        rules.check(name);
        KindFields.check(name, object.tree(), rules.findings);
        return rules.findings.all();
    }

    private void check(String kind) {
        switch (kind) {
            case "/pods" -> {
                new PodRules(findings).spec(object.spec(), "spec");
                if (old.isEmpty() && !Json.list(object.spec(), "ephemeralContainers").isEmpty()) {
                    findings.forbidden("spec.ephemeralContainers", "cannot be set on create");
                }
                old.ifPresent(before -> new Steadiness(findings).pod(before, object));
            }
            case "apps/deployments", "apps/replicasets", "apps/statefulsets", "apps/daemonsets" ->
                    workload(object.kind().toLowerCase(java.util.Locale.ROOT));
            case "/replicationcontrollers" -> template(object.spec(), "spec");
            case "batch/jobs" -> {
                job(object.spec(), "spec");
                selector();
                old.ifPresent(before -> new Steadiness(findings).job(before, object));
            }
            case "batch/cronjobs" -> cronJob();
            case "/namespaces" -> findings.addAll(MetadataRules.holders(object));
            case "/services" -> new ServiceRules(findings).check(object.spec());
            case "/persistentvolumes" -> volume();
            case "/configmaps" -> new DataRules(findings, object, old).configMap();
            case "/secrets" -> new DataRules(findings, object, old).secret();
            case "/persistentvolumeclaims" -> claim();
            case "policy/poddisruptionbudgets" -> budget();
            case "networking.k8s.io/ingresses" -> {
                new IngressRules(findings).check(object.spec());
                if (old.isEmpty()) {
                    ingressClass();
                }
            }
            case "/events" -> EventRules.check(object, findings);
            case "/resourcequotas" -> new QuotaRules(findings).quota(object.spec());
            case "/limitranges" ->
                    new QuotaRules(findings).limits(CustomKinds.objects(object.spec(), "limits"));
            case "scheduling.k8s.io/priorityclasses" ->
                    new ClassRules(findings).priority(object, old);
            case "node.k8s.io/runtimeclasses" -> new ClassRules(findings).runtime(object, old);
            case "certificates.k8s.io/certificatesigningrequests" ->
                    new CertificateRules(findings).check(object, old);
            case "coordination.k8s.io/leases" -> lease();
            case "autoscaling/horizontalpodautoscalers" -> autoscaler();
            case "rbac.authorization.k8s.io/roles", "rbac.authorization.k8s.io/clusterroles" ->
                    role();
            case "rbac.authorization.k8s.io/rolebindings",
                    "rbac.authorization.k8s.io/clusterrolebindings" ->
                    binding();
            case "apiextensions.k8s.io/customresourcedefinitions" ->
                    findings.addAll(CrdRules.check(object, old));
            default -> {}
        }
    }

    // ---- workloads

    private void workload(String kind) {
        var spec = object.spec();
        findings.notNegative("spec.replicas", spec.get("replicas"));
        findings.notNegative("spec.minReadySeconds", spec.get("minReadySeconds"));
        findings.notNegative("spec.revisionHistoryLimit", spec.get("revisionHistoryLimit"));
        selector(spec, kind);
        template(spec, "spec");
        var policy = Json.at(spec, "template", "spec", "restartPolicy");
        findings.oneOf("spec.template.spec.restartPolicy", policy, List.of("Always"));
        old.ifPresent(before ->
                findings.unchanged(
                        "spec.selector", before.at("spec", "selector"), spec.get("selector")));
        if (kind.equals("deployment")) {
            strategy(Json.object(spec, "strategy"));
        }
        if (spec.get("template") != null
                && Json.at(spec, "template", "spec", "activeDeadlineSeconds") != null) {
            findings.forbidden(
                    "spec.template.spec.activeDeadlineSeconds",
                    "activeDeadlineSeconds in %s is not Supported"
                            .formatted(kind.equals("deployment") ? "ReplicaSet" : object.kind()));
        }
        if (kind.equals("statefulset")) {
            old.ifPresent(before -> new Steadiness(findings).statefulSet(before, object));
        }
    }

    private void selector(Map<String, Object> spec, String kind) {
        var selector = Json.object(spec, "selector");
        if (spec.get("selector") instanceof Map<?, ?> && selector.isEmpty()) {
            findings.invalid("spec.selector", selector, "empty selector is invalid for " + kind);
            return;
        }
        var labels = Json.at(spec, "template", "metadata", "labels");
        if (selector.isEmpty() || !LabelSelection.matches(selector, labels)) {
            findings.invalid(
                    "spec.template.metadata.labels",
                    labels,
                    "`selector` does not match template `labels`");
        }
    }

    private void strategy(Map<String, Object> strategy) {
        var path = "spec.strategy.rollingUpdate";
        var rolling = Json.object(strategy, "rollingUpdate");
        if ("Recreate".equals(strategy.get("type")) && strategy.get("rollingUpdate") != null) {
            findings.forbidden(path, "may not be specified when strategy `type` is 'Recreate'");
        }
        var deadline = object.at("spec", "progressDeadlineSeconds");
        var ready = object.at("spec", "minReadySeconds") instanceof Long seconds ? seconds : 0;
        if (deadline instanceof Long seconds && seconds <= ready) {
            findings.invalid(
                    "spec.progressDeadlineSeconds",
                    seconds,
                    "must be greater than minReadySeconds");
        }
        if (isNone(rolling.get("maxSurge")) && isNone(rolling.get("maxUnavailable"))) {
            findings.invalid(
                    path + ".maxUnavailable",
                    rolling.get("maxUnavailable"),
                    "may not be 0 when `maxSurge` is 0");
        }
    }

    private static boolean isNone(@Nullable Object count) {
        return Long.valueOf(0).equals(count) || "0%".equals(count);
    }

    private void budget() {
        var spec = object.spec();
        if (spec.get("minAvailable") != null && spec.get("maxUnavailable") != null) {
            findings.invalid("spec", spec, "minAvailable and maxUnavailable cannot be both set");
        }
    }

    private void template(Map<String, Object> spec, String path) {
        var template = Json.object(spec, "template");
        TEMPLATE.check(template, path + ".template", findings);
        var claimed =
                CustomKinds.objects(spec, "volumeClaimTemplates").stream()
                        .map(claim -> Json.string(Json.object(claim, "metadata"), "name"))
                        .collect(Collectors.toSet());
        new PodRules(findings)
                .spec(Json.object(template, "spec"), path + ".template.spec", claimed);
    }

    private void job(Map<String, Object> spec, String path) {
        new JobRules(findings).spec(spec, path);
        template(spec, path);
    }

    /// Jobs of before selectors were generated go on without one.
    private void selector() {
        if (old.isEmpty() || old.get().spec().containsKey("selector")) {
            new JobRules(findings).selector(object.spec());
        }
    }

    private void cronJob() {
        var spec = object.spec();
        var job = Json.object(Json.object(spec, "jobTemplate"), "spec");
        if (job.get("selector") != null) {
            findings.invalid(
                    "spec.jobTemplate.spec.selector",
                    job.get("selector"),
                    "`selector` will be auto-generated");
        }
        if (Json.string(spec, "schedule").isEmpty()) {
            findings.required("spec.schedule");
        } else if (CronSchedule.of(Json.string(spec, "schedule")).isEmpty()) {
            findings.invalid(
                    "spec.schedule",
                    spec.get("schedule"),
                    "must be five fields (minute 0-59, hour 0-23, day 1-31, month 1-12, weekday 0-7), or @daily and the like");
        }
        var zone = Json.string(spec, "timeZone");
        if (spec.get("timeZone") instanceof String && zone.isEmpty()) {
            findings.invalid("spec.timeZone", zone, "timeZone must be nil or non-empty string");
        }
        if (!zone.isEmpty() && !ZoneId.getAvailableZoneIds().contains(zone)) {
            findings.invalid("spec.timeZone", zone, "unknown time zone " + zone);
        }
        findings.oneOf(
                "spec.concurrencyPolicy",
                spec.get("concurrencyPolicy"),
                List.of("Allow", "Forbid", "Replace"));
        job(job, "spec.jobTemplate.spec");
    }

    private void autoscaler() {
        var spec = object.spec();
        var least = spec.get("minReplicas") instanceof Long number ? number : 1;
        if (least < 1) {
            findings.invalid("spec.minReplicas", least, "must be greater than or equal to 1");
        }
        if (spec.get("maxReplicas") instanceof Long most) {
            if (most < 1) {
                findings.invalid("spec.maxReplicas", most, "must be greater than 0");
            } else if (most < least) {
                findings.invalid(
                        "spec.maxReplicas", most, "must be greater than or equal to `minReplicas`");
            }
        }
    }

    // ---- others

    /// The annotation is the older way to say it.
    private void ingressClass() {
        var said = Json.at(object.metadata(), "annotations", "kubernetes.io/ingress.class");
        var name = object.spec().get("ingressClassName");
        if (said != null && name != null && !said.equals(name)) {
            findings.invalid(
                    "annotations.kubernetes.io/ingress.class",
                    said,
                    "must match `ingressClassName` when both are specified");
        }
    }

    private void claim() {
        var spec = object.spec();
        if (Json.list(spec, "accessModes").isEmpty()) {
            findings.required("spec.accessModes", "at least 1 access mode is required");
        }
        if (Json.at(spec, "resources", "requests", "storage") == null) {
            findings.required("spec.resources[storage]");
        }
        if (Amounts.worth(String.valueOf(Json.at(spec, "resources", "requests", "storage")))
                .filter(worth -> worth.signum() <= 0)
                .isPresent()) {
            findings.invalid(
                    "spec.resources[storage]",
                    Json.at(spec, "resources", "requests", "storage"),
                    "must be greater than zero");
        }
        var modes = Json.list(spec, "accessModes");
        if (modes.size() > 1 && modes.contains("ReadWriteOncePod")) {
            findings.forbidden(
                    "spec.accessModes", "may not use ReadWriteOncePod with other access modes");
        }
        old.ifPresent(before -> new Steadiness(findings).claim(before, object));
    }

    private void volume() {
        var sources =
                object.spec().keySet().stream()
                        .filter(field -> !OF_VOLUMES.contains(field))
                        .filter(field -> object.spec().get(field) instanceof Map<?, ?>)
                        .toList();
        if (sources.isEmpty()) {
            findings.required("spec", "must specify a volume type");
        }
        sources.stream()
                .skip(1)
                .forEach(extra ->
                        findings.forbidden(
                                "spec." + extra, "may not specify more than 1 volume type"));
    }

    private void lease() {
        var spec = object.spec();
        if (spec.get("leaseDurationSeconds") instanceof Long seconds && seconds <= 0) {
            findings.invalid("spec.leaseDurationSeconds", seconds, "must be greater than 0");
        }
        findings.notNegative("spec.leaseTransitions", spec.get("leaseTransitions"));
    }

    private void role() {
        var rules = CustomKinds.objects(object.tree(), "rules");
        for (int i = 0; i < rules.size(); i++) {
            rule(rules.get(i), "rules[" + i + "]");
        }
    }

    private void rule(Map<String, Object> rule, String path) {
        if (Json.list(rule, "verbs").isEmpty()) {
            findings.required(path + ".verbs", "verbs must contain at least one value");
        }
        if (!Json.list(rule, "nonResourceURLs").isEmpty()) {
            paths(rule, path);
            return;
        }
        if (Json.list(rule, "apiGroups").isEmpty()) {
            findings.required(
                    path + ".apiGroups", "resource rules must supply at least one api group");
        }
        if (Json.list(rule, "resources").isEmpty()) {
            findings.required(
                    path + ".resources", "resource rules must supply at least one resource");
        }
    }

    /// Paths are the cluster's, and in a rule of their own.
    private void paths(Map<String, Object> rule, String path) {
        var urls = rule.get("nonResourceURLs");
        if (object.kind().equals("Role")) {
            findings.invalid(
                    path + ".nonResourceURLs",
                    urls,
                    "namespaced rules cannot apply to non-resource URLs");
        }
        var others = List.of("apiGroups", "resources", "resourceNames");
        if (others.stream().anyMatch(key -> !Json.list(rule, key).isEmpty())) {
            findings.invalid(
                    path + ".nonResourceURLs",
                    urls,
                    "rules cannot apply to both regular resources and non-resource URLs");
        }
    }

    private void binding() {
        var role = Json.object(object.tree(), "roleRef");
        findings.oneOf("roleRef.kind", role.get("kind"), roles());
        if (Json.string(role, "name").isEmpty()) {
            findings.required("roleRef.name");
        }
        var subjects = CustomKinds.objects(object.tree(), "subjects");
        for (int i = 0; i < subjects.size(); i++) {
            subject(subjects.get(i), "subjects[" + i + "]");
        }
        old.ifPresent(before -> {
            if (!role.equals(Json.object(before.tree(), "roleRef"))) {
                findings.invalid("roleRef", inGo(role), "cannot change roleRef");
            }
        });
    }

    /// As messages show it: with the names of its fields in Go.
    private static Map<String, Object> inGo(Map<String, Object> role) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("APIGroup", Json.string(role, "apiGroup"));
        shown.put("Kind", Json.string(role, "kind"));
        shown.put("Name", Json.string(role, "name"));
        return shown;
    }

    /// What is bound everywhere must be there everywhere.
    private List<String> roles() {
        return object.kind().equals("ClusterRoleBinding")
                ? List.of("ClusterRole")
                : List.of("ClusterRole", "Role");
    }

    private void subject(Map<String, Object> subject, String path) {
        if (Json.string(subject, "name").isEmpty()) {
            findings.required(path + ".name");
        }
        findings.oneOf(
                path + ".kind", subject.get("kind"), List.of("ServiceAccount", "User", "Group"));
        var account = "ServiceAccount".equals(subject.get("kind"));
        var group = Json.string(subject, "apiGroup");
        if (account && !Json.string(subject, "name").isEmpty()) {
            var name = Json.string(subject, "name");
            findings.invalid(path + ".name", name, MetadataRules.subdomain(name));
        }
        if (!group.isEmpty()) {
            findings.oneOf(
                    path + ".apiGroup", group, List.of(account ? "" : "rbac.authorization.k8s.io"));
        }
        if (object.kind().equals("ClusterRoleBinding")
                && "ServiceAccount".equals(subject.get("kind"))
                && Json.string(subject, "namespace").isEmpty()) {
            findings.required(path + ".namespace");
        }
    }
}
