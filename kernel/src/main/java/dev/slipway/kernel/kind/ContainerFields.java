package dev.slipway.kernel.kind;

import static dev.slipway.kernel.kind.FieldChecks.between;
import static dev.slipway.kernel.kind.FieldChecks.id;
import static dev.slipway.kernel.kind.FieldChecks.ip;
import static dev.slipway.kernel.kind.FieldChecks.needs;
import static dev.slipway.kernel.kind.FieldChecks.notNegative;
import static dev.slipway.kernel.kind.FieldChecks.oneMember;
import static dev.slipway.kernel.kind.FieldChecks.oneOf;
import static dev.slipway.kernel.kind.FieldChecks.port;
import static dev.slipway.kernel.kind.FieldChecks.portName;
import static dev.slipway.kernel.kind.FieldChecks.text;
import static dev.slipway.kernel.kind.FieldRules.at;
import static dev.slipway.kernel.kind.FieldRules.object;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.schema.Amounts;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// What may stand in the fields of containers.
final class ContainerFields {
    private static final Pattern HEADER = Pattern.compile("[-A-Za-z0-9]+");
    private static final Pattern KEYED =
            Pattern.compile("metadata\\.(annotations|labels)\\['.+'\\]");
    private static final Set<String> FIELDS =
            Set.of(
                    "metadata.name",
                    "metadata.namespace",
                    "metadata.uid",
                    "spec.nodeName",
                    "spec.serviceAccountName",
                    "status.hostIP",
                    "status.hostIPs",
                    "status.podIP",
                    "status.podIPs");
    private static final Set<String> STANDARD = Set.of("cpu", "memory", "ephemeral-storage");

    private static final FieldCheck ONCE = between(1, 1, "must be 1");

    private static final FieldRules HANDLER =
            FieldRules.of(
                    object(
                            "",
                            oneMember(
                                    "must specify a handler type",
                                    "may not specify more than 1 handler type",
                                    "exec",
                                    "httpGet",
                                    "tcpSocket",
                                    "grpc",
                                    "sleep")),
                    object("exec", needs("command")),
                    at("httpGet.port", port()),
                    at("httpGet.scheme", oneOf("HTTP", "HTTPS")),
                    at("httpGet.httpHeaders[].name", text(ContainerFields::header)),
                    at("tcpSocket.port", port()),
                    at("grpc.port", port()));

    private static final FieldRules PROBE =
            FieldRules.of(
                    at("", HANDLER),
                    at("initialDelaySeconds", notNegative()),
                    at("timeoutSeconds", notNegative()),
                    at("periodSeconds", notNegative()),
                    at("successThreshold", notNegative()),
                    at("failureThreshold", notNegative()),
                    at(
                            "terminationGracePeriodSeconds",
                            between(1, Long.MAX_VALUE, "must be greater than 0")));

    private static final FieldRules DATA_KEY =
            FieldRules.of(object("", needs("name")), at("key", ContainerFields::dataKey));

    private static final FieldRules VARIABLE =
            FieldRules.of(
                    at("name", text(ContainerFields::variable)),
                    object("valueFrom", ContainerFields::source),
                    at("valueFrom.fieldRef.fieldPath", text(ContainerFields::field)),
                    at(
                            "valueFrom.resourceFieldRef.resource",
                            oneOf(
                                    "limits.cpu",
                                    "limits.ephemeral-storage",
                                    "limits.memory",
                                    "requests.cpu",
                                    "requests.ephemeral-storage",
                                    "requests.memory")),
                    at("valueFrom.configMapKeyRef", DATA_KEY),
                    at("valueFrom.secretKeyRef", DATA_KEY));

    private static final FieldRules SECURITY =
            FieldRules.of(
                    at("runAsUser", id()),
                    at("runAsGroup", id()),
                    at("seccompProfile", PodFields.SECCOMP),
                    object("", ContainerFields::privileges));

    static final FieldRules CONTAINER =
            FieldRules.of(
                    at("terminationMessagePolicy", oneOf("FallbackToLogsOnError", "File")),
                    at("lifecycle.postStart", HANDLER),
                    at("lifecycle.preStop", HANDLER),
                    at("livenessProbe", PROBE),
                    at("livenessProbe.successThreshold", ONCE),
                    at("readinessProbe", PROBE),
                    at(
                            "readinessProbe.terminationGracePeriodSeconds",
                            between(1, 0, "must not be set for readinessProbes")),
                    at("startupProbe", PROBE),
                    at("startupProbe.successThreshold", ONCE),
                    at("ports[].name", portName()),
                    at("ports[].hostIP", ip()),
                    at("env[]", VARIABLE),
                    object(
                            "envFrom[]",
                            oneMember(
                                    "must specify one of: `configMapRef` or `secretRef`",
                                    "may not have more than one field specified at a time",
                                    "configMapRef",
                                    "secretRef")),
                    object("envFrom[].configMapRef", needs("name")),
                    object("envFrom[].secretRef", needs("name")),
                    at("volumeMounts[].subPath", text(PodFields::relative)),
                    object("resources", ContainerFields::resources),
                    at("securityContext", SECURITY));

    private ContainerFields() {}

    private static void dataKey(Object value, String path, Findings findings) {
        FieldChecks.notEmpty("").check(value, path, findings);
        if (value instanceof String key && !key.isEmpty()) {
            findings.invalid(path, key, MetadataRules.dataKey(key));
        }
    }

    private static List<String> header(String name) {
        return HEADER.matcher(name).matches()
                ? List.of()
                : List.of(
                        "a valid HTTP header must consist of alphanumeric characters or '-' (e.g. 'X-Header-Name', regex"
                                + " used for validation is '[-A-Za-z0-9]+')");
    }

    private static List<String> variable(String name) {
        return name.chars().allMatch(letter -> letter >= ' ' && letter <= '~' && letter != '=')
                ? List.of()
                : List.of(
                        "a valid environment variable name must consist only of printable ASCII characters other than"
                                + " '='");
    }

    private static void source(Map<String, Object> source, String path, Findings findings) {
        var given = source.values().stream().filter(one -> one != null).count();
        if (given == 0) {
            findings.invalid(
                    path,
                    "",
                    "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`");
        } else if (given > 1) {
            findings.invalid(path, "", "may not have more than one field specified at a time");
        }
    }

    private static List<String> field(String path) {
        return FIELDS.contains(path) || KEYED.matcher(path).matches()
                ? List.of()
                : List.of("error converting fieldPath: field label not supported: " + path);
    }

    private static void privileges(Map<String, Object> context, String path, Findings findings) {
        if (Boolean.FALSE.equals(context.get("allowPrivilegeEscalation"))
                && Boolean.TRUE.equals(context.get("privileged"))) {
            findings.invalid(
                    path,
                    context,
                    "cannot set `allowPrivilegeEscalation` to false and `privileged` to true");
        }
    }

    private static void resources(Map<String, Object> resources, String path, Findings findings) {
        for (var side : List.of("limits", "requests")) {
            var amounts = Json.object(resources, side);
            FieldChecks.amounts().check(amounts, path + "." + side, findings);
            amounts.forEach((name, amount) ->
                    named(name, amount, path + "." + side + "[" + name + "]", findings));
        }
        var limits = Json.object(resources, "limits");
        if (Json.object(resources, "requests").keySet().stream()
                .anyMatch(name -> isWhole(name) && !limits.containsKey(name))) {
            findings.required(
                    path + ".limits", "Limit must be set for non overcommitable resources");
        }
    }

    /// What a cluster brings of its own is counted, and not shared.
    private static boolean isWhole(String name) {
        return name.contains("/") && !name.startsWith("requests.");
    }

    private static void named(String name, Object amount, String path, Findings findings) {
        if (!name.contains("/") && !STANDARD.contains(name) && !name.startsWith("hugepages-")) {
            findings.invalid(path, name, "must be a standard resource type or fully qualified");
            findings.invalid(path, name, "must be a standard resource for containers");
        }
        if (isWhole(name)
                && Amounts.worth(String.valueOf(amount))
                        .filter(worth -> worth.stripTrailingZeros().scale() > 0)
                        .isPresent()) {
            findings.invalid(path, amount, "must be an integer");
        }
    }
}
