package dev.slipway.kernel.kind;

import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.schema.ObjectMetaSchema;
import dev.slipway.kernel.schema.Validation;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The rules of a resource that lies in another: it says what it is, and its metadata is that of any resource.
public final class EmbeddedRules {
    private final Findings findings = new Findings();

    private EmbeddedRules() {}

    /// All that is wrong with the resource at a path; is a [dev.slipway.kernel.schema.Embedded].
    public static List<FieldCause> check(Map<String, Object> resource, String path) {
        var rules = new EmbeddedRules();
        rules.version(resource, path + ".apiVersion");
        rules.kind(resource, path + ".kind");
        rules.metadata(resource, path + ".metadata");
        return rules.findings.all();
    }

    private void version(Map<String, Object> resource, String field) {
        var version = said(resource, "apiVersion", field);
        if (version.chars().filter(one -> one == '/').count() > 1) {
            findings.invalid(field, version, "unexpected GroupVersion string: " + version);
        }
    }

    private void kind(Map<String, Object> resource, String field) {
        var kind = said(resource, "kind", field);
        var problems = MetadataRules.dns1035(kind.toLowerCase(Locale.ROOT));
        if (!kind.isEmpty() && !problems.isEmpty()) {
            findings.invalid(
                    field,
                    kind,
                    "may have mixed case, but should otherwise match: "
                            + String.join(",", problems));
        }
    }

    /// The text of a field that every resource has; empty where it has none, which is wrong.
    private String said(Map<String, Object> resource, String name, String field) {
        if (!resource.containsKey(name)) {
            findings.required(field, "must not be empty");
        } else if (!(resource.get(name) instanceof String)) {
            findings.invalid(field, resource.get(name), "must be a string");
        } else if (Json.string(resource, name).isEmpty()) {
            findings.invalid(field, "", "must not be empty");
        }
        return Json.string(resource, name);
    }

    private void metadata(Map<String, Object> resource, String field) {
        if (!resource.containsKey("metadata")) {
            return;
        }
        var types = Validation.check(resource.get("metadata"), ObjectMetaSchema.SCHEMA, field);
        findings.addAll(
                types.isEmpty()
                        ? MetadataRules.marks(Json.object(resource, "metadata"), field)
                        : types);
    }
}
