package dev.slipway.kernel.kind;

import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The rules that `metadata` keeps whatever the kind: names, labels, annotations, finalizers, owners.
public final class MetadataRules {
    /// Keys and values of all annotations of one object together, in bytes.
    public static final int MAX_ANNOTATIONS_BYTES = 262_144;

    private static final int MAX_LABEL = 63;
    private static final int MAX_SUBDOMAIN = 253;

    private static final String SUBDOMAIN_TEXT =
            "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must"
                    + " start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '"
                    + Form.SUBDOMAIN.pattern()
                    + "')";
    private static final String LABEL_TEXT =
            "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and"
                    + " end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '"
                    + Form.LABEL.pattern()
                    + "')";
    private static final String NAME_TEXT =
            "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an"
                    + " alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '"
                    + Form.NAME.pattern()
                    + "')";
    private static final String VALUE_TEXT =
            "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must"
                    + " start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex"
                    + " used for validation is '"
                    + Form.VALUE.pattern()
                    + "')";
    private static final String DNS_1035_TEXT =
            "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic"
                    + " character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for"
                    + " validation is '"
                    + Form.DNS_1035.pattern()
                    + "')";

    private static final Set<String> STANDARD_FINALIZERS =
            Set.of(
                    "kubernetes",
                    "orphan",
                    "foregroundDeletion",
                    "customresourcecleanup.apiextensions.k8s.io");

    private final List<FieldCause> causes = new ArrayList<>();

    private MetadataRules() {}

    /// All that is wrong with an object's metadata; its types are those of
    /// [dev.slipway.kernel.schema.ObjectMetaSchema].
    public static List<FieldCause> check(Resource object, Kind kind) {
        var rules = new MetadataRules();
        rules.name(object, kind.rules().name());
        rules.labels(object.labels(), "metadata.labels");
        rules.annotations(object.annotations(), "metadata.annotations");
        rules.finalizers(object.finalizers(), "metadata.finalizers", kind.rules().builtIn());
        rules.owners(object);
        return List.copyOf(rules.causes);
    }

    /// What is wrong with the labels and annotations of metadata that lies at a path.
    static List<FieldCause> marks(Map<String, Object> metadata, String path) {
        var rules = new MetadataRules();
        rules.labels(Json.object(metadata, "labels"), path + ".labels");
        rules.annotations(Json.object(metadata, "annotations"), path + ".annotations");
        return List.copyOf(rules.causes);
    }

    /// What is wrong with those who hold a namespace, which stand in its spec.
    static List<FieldCause> holders(Resource namespace) {
        var rules = new MetadataRules();
        var finalizers =
                Json.list(namespace.spec(), "finalizers").stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .toList();
        rules.finalizers(finalizers, "spec.finalizers", true);
        return List.copyOf(rules.causes);
    }

    /// What is wrong with a name under a rule, in words; empty where it is right.
    public static List<String> nameProblems(String name, Kind.NameRule rule) {
        return switch (rule) {
            case SUBDOMAIN -> subdomain(name);
            case LABEL -> name.contains(".") ? List.of("must not contain dots") : label(name);
            case PATH_SEGMENT -> pathSegment(name);
        };
    }

    /// What is wrong with the key of a label, an annotation or a selector.
    public static List<String> keyProblems(String key) {
        return qualifiedName(key);
    }

    /// What is wrong with the value of a label.
    public static List<String> labelValueProblems(String value) {
        return form(value, Form.VALUE, VALUE_TEXT, MAX_LABEL, "must be no more than 63 bytes");
    }

    /// What is wrong with an RFC 1123 label, as the names of containers and ports are.
    static List<String> label(String text) {
        return form(text, Form.LABEL, LABEL_TEXT, MAX_LABEL, "must be no more than 63 bytes");
    }

    /// What is wrong with a DNS-1035 label, as the names of kinds and versions are.
    static List<String> dns1035(String text) {
        return form(text, Form.DNS_1035, DNS_1035_TEXT, MAX_LABEL, "must be no more than 63 bytes");
    }

    /// What is wrong with a key of a config map or a secret, but for its length.
    static List<String> dataKey(String key) {
        if (!Form.DATA_KEY.fits(key)) {
            return List.of(
                    "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',"
                            + "  or 'KEY_NAME',  or 'key-name', regex used for validation is '"
                            + Form.DATA_KEY.pattern()
                            + "')");
        }
        if (key.equals(".")) {
            return List.of("must not be '.'");
        }
        return key.startsWith("..") ? List.of("must not start with '..'") : List.of();
    }

    static List<String> subdomain(String text) {
        return form(
                text,
                Form.SUBDOMAIN,
                SUBDOMAIN_TEXT,
                MAX_SUBDOMAIN,
                "must be no more than 253 characters");
    }

    private static List<String> form(
            String text, Form form, String problem, int most, String tooLong) {
        var problems = new ArrayList<String>();
        if (text.length() > most) {
            problems.add(tooLong);
        }
        if (!form.fits(text)) {
            problems.add(problem);
        }
        return problems;
    }

    private static List<String> pathSegment(String name) {
        if (name.equals(".") || name.equals("..")) {
            return List.of("may not be '" + name + "'");
        }
        var problems = new ArrayList<String>();
        for (var forbidden : List.of("/", "%")) {
            if (name.contains(forbidden)) {
                problems.add("may not contain '" + forbidden + "'");
            }
        }
        return problems;
    }

    private static List<String> qualifiedName(String key) {
        var slash = key.indexOf('/');
        var problems = new ArrayList<String>();
        if (slash == 0) {
            problems.add("prefix part must be non-empty");
        } else if (slash > 0) {
            subdomain(key.substring(0, slash)).forEach(one -> problems.add("prefix part " + one));
        }
        var name = key.substring(slash + 1);
        if (name.contains("/")) {
            return List.of(
                    "a qualified name must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '"
                            + Form.NAME.pattern()
                            + "') with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')");
        }
        if (name.isEmpty()) {
            problems.add("name part must be non-empty");
        } else if (name.length() > MAX_LABEL) {
            problems.add("name part must be no more than 63 bytes");
        }
        if (!Form.NAME.fits(name)) {
            problems.add(NAME_TEXT);
        }
        return problems;
    }

    private void name(Resource object, Kind.NameRule rule) {
        var generated = Json.string(object.metadata(), "generateName");
        if (!generated.isEmpty()) {
            // A prefix may end as no name does.
            var prefix =
                    generated.endsWith("-")
                            ? generated.substring(0, generated.length() - 1) + "a"
                            : generated;
            nameProblems(prefix, rule).forEach(one -> add("metadata.generateName", generated, one));
        }
        if (!object.name().isEmpty()) {
            nameProblems(object.name(), rule)
                    .forEach(one -> add("metadata.name", object.name(), one));
        } else if (generated.isEmpty()) {
            causes.add(FieldCause.required("metadata.name", "name or generateName is required"));
        }
    }

    private void labels(Map<String, Object> labels, String field) {
        labels.forEach((key, value) -> {
            qualifiedName(key).forEach(one -> add(field, key, one));
            if (value instanceof String text) {
                labelValueProblems(text).forEach(one -> add(field, text, one));
            }
        });
    }

    private void annotations(Map<String, Object> annotations, String field) {
        long bytes = 0;
        for (var entry : annotations.entrySet()) {
            qualifiedName(entry.getKey().toLowerCase(Locale.ROOT))
                    .forEach(one -> add(field, entry.getKey(), one));
            bytes += bytes(entry.getKey()) + bytes(String.valueOf(entry.getValue()));
        }
        if (bytes > MAX_ANNOTATIONS_BYTES) {
            causes.add(
                    new FieldCause(
                            "FieldValueTooLong",
                            field,
                            "Too long: may not be more than " + MAX_ANNOTATIONS_BYTES + " bytes"));
        }
    }

    private void finalizers(List<String> finalizers, String field, boolean builtIn) {
        for (int i = 0; i < finalizers.size(); i++) {
            var finalizer = finalizers.get(i);
            var problems = qualifiedName(finalizer);
            problems.forEach(one -> add(field, finalizer, one));
            if (builtIn
                    && problems.isEmpty()
                    && !finalizer.contains("/")
                    && !STANDARD_FINALIZERS.contains(finalizer)) {
                add(
                        field + "[" + i + "]",
                        finalizer,
                        "name is neither a standard finalizer name nor is it fully qualified");
            }
        }
        if (finalizers.contains("orphan") && finalizers.contains("foregroundDeletion")) {
            add(field, finalizers, "finalizer orphan and foregroundDeletion cannot be both set");
        }
    }

    private void owners(Resource object) {
        Optional<Map<String, Object>> controller = Optional.empty();
        for (var one : Json.list(object.metadata(), "ownerReferences")) {
            if (!(one instanceof Map<?, ?> map)) {
                continue;
            }
            var owner = Json.cast(map);
            owner(owner);
            if (Boolean.TRUE.equals(owner.get("controller"))) {
                controller.ifPresent(first -> twoControllers(object, first, owner));
                controller = Optional.of(owner);
            }
        }
    }

    private void owner(Map<String, Object> owner) {
        var version = Json.string(owner, "apiVersion");
        if (version.isEmpty() || version.indexOf('/') != version.lastIndexOf('/')) {
            add("metadata.ownerReferences.apiVersion", version, "version must not be empty");
        }
        for (var field : List.of("kind", "name", "uid")) {
            if (Json.string(owner, field).isEmpty()) {
                add("metadata.ownerReferences." + field, "", "must not be empty");
            }
        }
        if (version.equals("v1") && Json.string(owner, "kind").equals("Event")) {
            add(
                    "metadata.ownerReferences",
                    shown(owner),
                    "/v1, Kind=Event is disallowed from being an owner");
        }
    }

    private void twoControllers(
            Resource object, Map<String, Object> first, Map<String, Object> second) {
        add(
                "metadata.ownerReferences",
                Json.list(object.metadata(), "ownerReferences").stream()
                        .map(one -> one instanceof Map<?, ?> map ? shown(Json.cast(map)) : one)
                        .toList(),
                "Only one reference can have Controller set to true. Found \"true\" in references for %s/%s and %s/%s"
                        .formatted(
                                first.get("kind"),
                                first.get("name"),
                                second.get("kind"),
                                second.get("name")));
    }

    /// A reference with its fields in the order in which messages show them.
    private static Map<String, Object> shown(Map<String, Object> owner) {
        Map<String, Object> shown = new LinkedHashMap<>();
        for (var field :
                List.of("apiVersion", "kind", "name", "uid", "controller", "blockOwnerDeletion")) {
            if (owner.containsKey(field)) {
                shown.put(field, owner.get(field));
            }
        }
        return shown;
    }

    private void add(String field, @Nullable Object value, String detail) {
        causes.add(FieldCause.invalid(field, value == null ? "" : value, detail));
    }

    private static int bytes(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
    }
}
