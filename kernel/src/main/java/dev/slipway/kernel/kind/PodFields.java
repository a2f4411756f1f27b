package dev.slipway.kernel.kind;

import static dev.slipway.kernel.kind.FieldChecks.between;
import static dev.slipway.kernel.kind.FieldChecks.id;
import static dev.slipway.kernel.kind.FieldChecks.ip;
import static dev.slipway.kernel.kind.FieldChecks.key;
import static dev.slipway.kernel.kind.FieldChecks.label;
import static dev.slipway.kernel.kind.FieldChecks.labels;
import static dev.slipway.kernel.kind.FieldChecks.needs;
import static dev.slipway.kernel.kind.FieldChecks.notEmpty;
import static dev.slipway.kernel.kind.FieldChecks.oneOf;
import static dev.slipway.kernel.kind.FieldChecks.selector;
import static dev.slipway.kernel.kind.FieldChecks.subdomain;
import static dev.slipway.kernel.kind.FieldChecks.text;
import static dev.slipway.kernel.kind.FieldRules.at;
import static dev.slipway.kernel.kind.FieldRules.object;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.schema.Amounts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What may stand in the fields of pods, beside their containers.
final class PodFields {
    private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
    private static final String PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";

    private static final FieldCheck WEIGHT = between(1, 100, "must be in the range 1-100");
    private static final FieldCheck MODE =
            between(0, 0777, "must be a number between 0 and 0777 (octal), both inclusive");
    private static final FieldCheck RELATIVE = text(PodFields::relative);

    static final FieldRules SECCOMP =
            FieldRules.of(
                    at("type", oneOf("Localhost", "RuntimeDefault", "Unconfined")),
                    object("", PodFields::profile));

    private static final FieldRules NODE_TERMS =
            FieldRules.of(object("matchExpressions[]", PodFields::nodeExpression));

    private static final FieldRules POD_TERM =
            FieldRules.of(at("labelSelector", selector()), at("namespaceSelector", selector()));

    private static final FieldRules POD_AFFINITY =
            FieldRules.of(
                    at(REQUIRED + "[]", POD_TERM),
                    at(PREFERRED + "[].weight", WEIGHT),
                    at(PREFERRED + "[].podAffinityTerm", POD_TERM));

    private static final FieldRules AFFINITY =
            FieldRules.of(
                    at(
                            "nodeAffinity." + REQUIRED + ".nodeSelectorTerms",
                            notEmpty("must have at least one node selector term")),
                    at("nodeAffinity." + REQUIRED + ".nodeSelectorTerms[]", NODE_TERMS),
                    at("nodeAffinity." + PREFERRED + "[].weight", WEIGHT),
                    at("nodeAffinity." + PREFERRED + "[].preference", NODE_TERMS),
                    at("podAffinity", POD_AFFINITY),
                    at("podAntiAffinity", POD_AFFINITY));

    private static final FieldRules SECURITY =
            FieldRules.of(
                    at("runAsUser", id()),
                    at("runAsGroup", id()),
                    at("fsGroup", id()),
                    at("supplementalGroups[]", id()),
                    at("fsGroupChangePolicy", oneOf("Always", "OnRootMismatch")),
                    at("seccompProfile", SECCOMP));

    private static final FieldRules VOLUME =
            FieldRules.of(
                    at("hostPath.path", text(PodFields::steady)),
                    at(
                            "hostPath.type",
                            oneOf(
                                    "",
                                    "BlockDevice",
                                    "CharDevice",
                                    "Directory",
                                    "DirectoryOrCreate",
                                    "File",
                                    "FileOrCreate",
                                    "Socket")),
                    object("secret", needs("secretName")),
                    object("configMap", needs("name")),
                    object("ephemeral", needs("volumeClaimTemplate")),
                    at("secret.defaultMode", MODE),
                    at("configMap.defaultMode", MODE),
                    at("projected.defaultMode", MODE),
                    at("downwardAPI.defaultMode", MODE),
                    at("secret.items[].path", RELATIVE),
                    at("configMap.items[].path", RELATIVE),
                    at("downwardAPI.items[].fieldRef.fieldPath", text(PodFields::ofPod)),
                    at("emptyDir.sizeLimit", PodFields::room));

    /// Of the whole `spec`.
    static final FieldRules SPEC =
            FieldRules.of(
                    at("activeDeadlineSeconds", between(1, Integer.MAX_VALUE)),
                    object("nodeSelector", labels()),
                    at("nodeName", subdomain()),
                    at("hostname", label()),
                    at("subdomain", label()),
                    at("serviceAccountName", subdomain()),
                    at("preemptionPolicy", oneOf("Never", "PreemptLowerPriority")),
                    object("tolerations[]", PodFields::toleration),
                    at("affinity", AFFINITY),
                    at(
                            "topologySpreadConstraints[].maxSkew",
                            between(1, Integer.MAX_VALUE, "must be greater than zero")),
                    at("topologySpreadConstraints[].topologyKey", notEmpty("can not be empty")),
                    at(
                            "topologySpreadConstraints[].whenUnsatisfiable",
                            oneOf("DoNotSchedule", "ScheduleAnyway")),
                    at("topologySpreadConstraints[].labelSelector", selector()),
                    at("securityContext", SECURITY),
                    at("hostAliases[].ip", ip()),
                    at("hostAliases[].hostnames[]", subdomain()),
                    at("dnsConfig.nameservers[]", ip()),
                    at("readinessGates[].conditionType", key()),
                    at("schedulingGates[].name", key()),
                    at("os.name", oneOf("linux", "windows")),
                    at("volumes[]", VOLUME),
                    object("", PodFields::whole));

    private PodFields() {}

    private static void whole(Map<String, Object> spec, String path, Findings findings) {
        if ("None".equals(spec.get("dnsPolicy")) && spec.get("dnsConfig") == null) {
            findings.required(
                    path + ".dnsConfig", "must provide `dnsConfig` when `dnsPolicy` is None");
        }
    }

    private static void profile(Map<String, Object> profile, String path, Findings findings) {
        if ("Localhost".equals(profile.get("type"))
                && Json.string(profile, "localhostProfile").isEmpty()) {
            findings.required(
                    path + ".localhostProfile", "must be set when seccomp type is Localhost");
        }
    }

    static void toleration(Map<String, Object> toleration, String path, Findings findings) {
        var key = Json.string(toleration, "key");
        var operator = Json.string(toleration, "operator");
        if (!key.isEmpty()) {
            findings.invalid(path + ".key", key, MetadataRules.keyProblems(key));
        } else if (!operator.equals("Exists")) {
            findings.invalid(
                    path + ".operator",
                    operator,
                    "operator must be Exists when `key` is empty, which means \"match all values and all keys\"");
        }
        effect(toleration, path + ".effect", findings);
        operator(toleration, path + ".operator", findings);
    }

    private static void effect(Map<String, Object> toleration, String path, Findings findings) {
        var effect = Json.string(toleration, "effect");
        if (toleration.get("tolerationSeconds") != null && !effect.equals("NoExecute")) {
            findings.invalid(
                    path, effect, "effect must be 'NoExecute' when `tolerationSeconds` is set");
        }
        if (!effect.isEmpty()) {
            findings.oneOf(path, effect, List.of("NoExecute", "NoSchedule", "PreferNoSchedule"));
        }
    }

    private static void operator(Map<String, Object> toleration, String path, Findings findings) {
        var operator = Json.string(toleration, "operator");
        var value = Json.string(toleration, "value");
        if (operator.equals("Exists") && !value.isEmpty()) {
            findings.invalid(path, value, "value must be empty when `operator` is 'Exists'");
        } else if (!operator.isEmpty()) {
            findings.oneOf(path, operator, List.of("Equal", "Exists"));
        }
    }

    /// As the expressions of labels, and two that compare.
    private static void nodeExpression(
            Map<String, Object> expression, String path, Findings findings) {
        if (!Set.of("Gt", "Lt").contains(Json.string(expression, "operator"))) {
            FieldChecks.expression(expression, path, findings);
        } else if (Json.list(expression, "values").size() != 1) {
            findings.required(
                    path + ".values",
                    "must be specified single value when `operator` is 'Lt' or 'Gt'");
        }
    }

    /// What a volume can tell of its pod.
    private static List<String> ofPod(String path) {
        return path.matches(
                        "metadata\\.((name|namespace|uid|labels|annotations)|(labels|annotations)\\['.+'])")
                ? List.of()
                : List.of("error converting fieldPath: field label not supported: " + path);
    }

    private static void room(Object value, String path, Findings findings) {
        if (Amounts.worth(String.valueOf(value)).filter(worth -> worth.signum() < 0).isPresent()) {
            findings.forbidden(path, "SizeLimit field must be a valid resource quantity");
        }
    }

    /// Within a folder, whichever it is.
    static List<String> relative(String path) {
        var problems = new ArrayList<String>();
        if (path.startsWith("/")) {
            problems.add("must be a relative path");
        }
        problems.addAll(steady(path));
        return problems;
    }

    private static List<String> steady(String path) {
        return Arrays.asList(path.split("/")).contains("..")
                ? List.of("must not contain '..'")
                : List.of();
    }
}
