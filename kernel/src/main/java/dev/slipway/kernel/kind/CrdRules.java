package dev.slipway.kernel.kind;

import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.schema.RuleBounds;
import dev.slipway.kernel.schema.RuleCosts;
import dev.slipway.kernel.schema.SchemaReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a `CustomResourceDefinition` must keep: its names, its versions, and the shape of its schemas.
public final class CrdRules {
    private static final Set<String> COLUMN_TYPES =
            Set.of("boolean", "date", "integer", "number", "string");
    private static final List<String> COLUMN_FORMATS =
            List.of("int32", "int64", "float", "double", "byte", "date", "date-time", "password");
    private static final int MAX_SELECTABLE_FIELDS = 8;
    private static final int MAX_DEPRECATION_WARNING = 256;
    private static final String APPROVAL = "api-approved.kubernetes.io";

    private final List<FieldCause> causes = new ArrayList<>();

    /// The schemas that were accepted before: what their rules cost is not counted again.
    private final List<Object> accepted;

    private final boolean isNew;

    private CrdRules(Optional<Resource> old) {
        isNew = old.isEmpty();
        accepted =
                old.stream()
                        .flatMap(before -> CustomKinds.objects(before.spec(), "versions").stream())
                        .flatMap(version ->
                                Stream.ofNullable(Json.at(version, "schema", "openAPIV3Schema")))
                        .toList();
    }

    /// All that is wrong with a new definition, whose defaults are filled in.
    public static List<FieldCause> check(Resource crd) {
        return check(crd, Optional.empty());
    }

    /// All that is wrong with a definition, also as the successor of `old`.
    public static List<FieldCause> check(Resource crd, Optional<Resource> old) {
        var rules = new CrdRules(old);
        rules.definition(crd);
        old.ifPresent(before -> rules.successor(crd, before));
        return rules.causes.stream().sorted(Comparator.comparing(FieldCause::toString)).toList();
    }

    private void definition(Resource crd) {
        var spec = crd.spec();
        group(crd, Json.string(spec, "group"));
        names(crd, Json.object(spec, "names"));
        scope(spec);
        if (Boolean.TRUE.equals(spec.get("preserveUnknownFields"))) {
            invalid(
                    "spec.preserveUnknownFields",
                    true,
                    "cannot set to true, set x-kubernetes-preserve-unknown-fields to true in spec.versions[*].schema"
                            + " instead");
        }
        conversion(Json.object(spec, "conversion"));
        versions(CustomKinds.objects(spec, "versions"));
    }

    private void conversion(Map<String, Object> conversion) {
        var strategy = Json.string(conversion, "strategy");
        switch (strategy) {
            case "", "None" -> {
                if (conversion.get("webhook") != null) {
                    causes.add(
                            FieldCause.forbidden(
                                    "spec.conversion.webhookClientConfig",
                                    "should not be set when strategy is not set to Webhook"));
                }
            }
            case "Webhook" -> webhook(Json.object(conversion, "webhook"));
            default ->
                    causes.add(
                            FieldCause.notSupported(
                                    "spec.conversion.strategy",
                                    strategy,
                                    List.of("None", "Webhook")));
        }
    }

    private void webhook(Map<String, Object> webhook) {
        if (webhook.get("clientConfig") == null) {
            causes.add(
                    FieldCause.required(
                            "spec.conversion.webhookClientConfig",
                            "required when strategy is set to Webhook"));
        }
        if (Json.list(webhook, "conversionReviewVersions").isEmpty()) {
            causes.add(FieldCause.required("spec.conversion.conversionReviewVersions", ""));
        }
    }

    private void group(Resource crd, String group) {
        if (group.isEmpty()) {
            required("spec.group");
            return;
        }
        MetadataRules.subdomain(group).forEach(one -> invalid("spec.group", group, one));
        if (!group.contains(".")) {
            invalid("spec.group", group, "should be a domain with at least one dot");
        }
        var isProtected =
                List.of("k8s.io", "kubernetes.io").stream()
                        .anyMatch(one -> group.equals(one) || group.endsWith("." + one));
        if (isProtected) {
            approval(crd.annotation(APPROVAL).orElse(""));
        }
    }

    private void approval(String approval) {
        var field = "metadata.annotations[" + APPROVAL + "]";
        var must = "protected groups must have approval annotation \"" + APPROVAL + "\"";
        var see = ", see https://github.com/kubernetes/enhancements/pull/1111";
        if (approval.isEmpty()) {
            causes.add(FieldCause.required(field, must + see));
        } else if (!approval.startsWith("unapproved") && !approval.matches("https?://.+")) {
            invalid(
                    field,
                    approval,
                    must + " with either a URL or a reason starting with \"unapproved\"" + see);
        }
    }

    private void names(Resource crd, Map<String, Object> names) {
        var plural = Json.string(names, "plural");
        var full = plural + "." + Json.string(crd.spec(), "group");
        if (isNew && !crd.name().equals(full)) {
            invalid("metadata.name", crd.name(), "must be spec.names.plural+\".\"+spec.group");
        }
        for (var field : List.of("plural", "singular", "kind", "listKind")) {
            name("spec.names." + field, Json.string(names, field), field.endsWith("ind"));
        }
        for (var field : List.of("shortNames", "categories")) {
            var texts = CustomKinds.texts(names, field);
            for (int i = 0; i < texts.size(); i++) {
                name("spec.names.%s[%d]".formatted(field, i), texts.get(i), false);
            }
        }
        if (!Json.string(names, "kind").isEmpty()
                && Json.string(names, "kind").equals(Json.string(names, "listKind"))) {
            invalid(
                    "spec.names.listKind",
                    names.get("listKind"),
                    "kind and listKind may not be the same");
        }
    }

    private void name(String field, String name, boolean mixedCase) {
        if (name.isEmpty()) {
            required(field);
            return;
        }
        var prefix = mixedCase ? "may have mixed case, but should otherwise match: " : "";
        var text = mixedCase ? name.toLowerCase(Locale.ROOT) : name;
        MetadataRules.dns1035(text).forEach(one -> invalid(field, name, prefix + one));
    }

    private void scope(Map<String, Object> spec) {
        var scope = Json.string(spec, "scope");
        if (scope.isEmpty()) {
            required("spec.scope");
        } else if (!Set.of("Cluster", "Namespaced").contains(scope)) {
            causes.add(
                    FieldCause.notSupported("spec.scope", scope, List.of("Cluster", "Namespaced")));
        }
    }

    // ---- versions

    private void versions(List<Map<String, Object>> versions) {
        for (int i = 0; i < versions.size(); i++) {
            versionName(i, Json.string(versions.get(i), "name"));
            deprecation(versions.get(i), "spec.versions[" + i + "].deprecationWarning");
        }
        var all = versions.stream().map(version -> Json.string(version, "name")).toList();
        if (Set.copyOf(all).size() < all.size()) {
            invalid("spec.versions", summary(versions), "must contain unique version names");
        }
        stored(versions);
        shapes(versions);
    }

    private void deprecation(Map<String, Object> version, String field) {
        var warning = Json.string(version, "deprecationWarning");
        if (warning.isEmpty()) {
            return;
        }
        if (!Boolean.TRUE.equals(version.get("deprecated"))) {
            invalid(field, warning, "can only be set for deprecated versions");
        }
        if (warning.length() > MAX_DEPRECATION_WARNING) {
            causes.add(
                    new FieldCause(
                            "FieldValueTooLong",
                            field,
                            "Too long: may not be more than %d bytes"
                                    .formatted(MAX_DEPRECATION_WARNING)));
        }
    }

    private void versionName(int i, String name) {
        for (var problem : MetadataRules.dns1035(name)) {
            if (i == 0) {
                invalid("spec.version", name, problem);
            }
            invalid("spec.versions[" + i + "].name", name, problem);
        }
    }

    private void stored(List<Map<String, Object>> versions) {
        var stored = storage(versions);
        if (stored.size() == 1) {
            return;
        }
        invalid(
                "spec.versions",
                summary(versions),
                "must have exactly one version marked as storage version");
        if (stored.isEmpty()) {
            causes.add(
                    new FieldCause(
                            "FieldValueInvalid",
                            "status.storedVersions",
                            "Invalid value: null: must have at least one stored version"));
        } else {
            invalid(
                    "status.storedVersions",
                    stored.subList(0, 1),
                    "must have the storage version " + stored.getLast());
        }
    }

    /// Versions as the original prints them, without what they have in common.
    private static List<Object> summary(List<Map<String, Object>> versions) {
        return versions.stream()
                .<Object>map(version -> {
                    Map<String, Object> shown = new LinkedHashMap<>();
                    shown.put("Name", Json.string(version, "name"));
                    shown.put("Served", Boolean.TRUE.equals(version.get("served")));
                    shown.put("Storage", Boolean.TRUE.equals(version.get("storage")));
                    shown.put("Deprecated", Boolean.TRUE.equals(version.get("deprecated")));
                    Json.put(shown, "DeprecationWarning", version.get("deprecationWarning"));
                    List.of(
                                    "Schema",
                                    "Subresources",
                                    "AdditionalPrinterColumns",
                                    "SelectableFields")
                            .forEach(key -> Json.put(shown, key, null));
                    return shown;
                })
                .toList();
    }

    /// What all versions have in common is reported once, at the place that it had in the first form of definitions.
    private void shapes(List<Map<String, Object>> versions) {
        var tooMuch = RuleBounds.exceeded(versions, "spec.versions");
        if (tooMuch.isPresent()) {
            causes.add(tooMuch.get());
            return;
        }
        var common = isCommon(versions, "schema");
        for (int i = 0; i < (common ? Math.min(1, versions.size()) : versions.size()); i++) {
            var place = common ? "spec.validation" : "spec.versions[" + i + "].schema";
            schema(versions.get(i), i, place + ".openAPIV3Schema");
        }
        for (int i = 0; i < versions.size(); i++) {
            var version = versions.get(i);
            var place = "spec.versions[" + i + "]";
            if (i == 0 || !isCommon(versions, "additionalPrinterColumns")) {
                columns(version, place(versions, "additionalPrinterColumns", place));
            }
            if (i == 0 || !isCommon(versions, "subresources")) {
                subresources(version, place(versions, "subresources", place));
            }
            if (i == 0 || !isCommon(versions, "selectableFields")) {
                selectableFields(version, place(versions, "selectableFields", place));
            }
        }
    }

    private static boolean isCommon(List<Map<String, Object>> versions, String key) {
        return versions.stream()
                        .map(version -> Optional.ofNullable(version.get(key)))
                        .distinct()
                        .count()
                <= 1;
    }

    private static String place(List<Map<String, Object>> versions, String key, String place) {
        return (isCommon(versions, key) ? "spec" : place) + "." + key;
    }

    private void schema(Map<String, Object> version, int i, String path) {
        if (Json.at(version, "schema", "openAPIV3Schema") instanceof Map<?, ?> schema) {
            var status = Json.at(version, "subresources", "status") instanceof Map<?, ?>;
            var wrong = StructuralRules.check(Json.cast(schema), status, path);
            causes.addAll(wrong);
            if (wrong.isEmpty() && !accepted.contains(schema)) {
                causes.addAll(RuleCosts.check(SchemaReader.read(Json.cast(schema)), path));
            }
        } else {
            required("spec.versions[" + i + "].schema.openAPIV3Schema");
        }
    }

    private void columns(Map<String, Object> version, String path) {
        var columns = CustomKinds.objects(version, "additionalPrinterColumns");
        for (int i = 0; i < columns.size(); i++) {
            var field = path + "[" + i + "]";
            if (Json.string(columns.get(i), "name").isEmpty()) {
                required(field + ".name");
            }
            var type = Json.string(columns.get(i), "type");
            if (type.isEmpty()) {
                required(field + ".type");
            } else if (!COLUMN_TYPES.contains(type)) {
                invalid(field + ".type", type, "must be one of boolean,date,integer,number,string");
            }
            var format = Json.string(columns.get(i), "format");
            if (!format.isEmpty() && !COLUMN_FORMATS.contains(format)) {
                invalid(
                        field + ".format",
                        format,
                        "must be one of " + String.join(",", COLUMN_FORMATS));
            }
            jsonPath(field + ".jsonPath", Json.string(columns.get(i), "jsonPath"));
        }
    }

    private boolean jsonPath(String field, String path) {
        if (path.isEmpty()) {
            required(field);
        } else if (!path.startsWith(".")) {
            invalid(field, path, "must be a simple json path starting with .");
        }
        return path.startsWith(".");
    }

    private void subresources(Map<String, Object> version, String path) {
        if (!(Json.at(version, "subresources", "scale") instanceof Map<?, ?> map)) {
            return;
        }
        var scale = Json.cast(map);
        scalePath(
                path + ".scale.specReplicasPath", Json.string(scale, "specReplicasPath"), ".spec");
        scalePath(
                path + ".scale.statusReplicasPath",
                Json.string(scale, "statusReplicasPath"),
                ".status");
        var selector = Json.string(scale, "labelSelectorPath");
        if (!selector.isEmpty()
                && jsonPath(path + ".scale.labelSelectorPath", selector)
                && !selector.startsWith(".spec.")
                && !selector.startsWith(".status.")) {
            invalid(
                    path + ".scale.labelSelectorPath",
                    selector,
                    "should be a json path under either .spec or .status");
        }
    }

    private void scalePath(String field, String path, String root) {
        if (jsonPath(field, path) && !path.startsWith(root + ".")) {
            invalid(field, path, "should be a json path under " + root);
        }
    }

    private void selectableFields(Map<String, Object> version, String path) {
        var fields = CustomKinds.objects(version, "selectableFields");
        if (fields.size() > MAX_SELECTABLE_FIELDS) {
            causes.add(
                    new FieldCause(
                            "FieldValueTooMany",
                            path,
                            "Too many: %d: must have at most %d items"
                                    .formatted(fields.size(), MAX_SELECTABLE_FIELDS)));
        }
        var seen = new HashSet<String>();
        for (int i = 0; i < fields.size(); i++) {
            var jsonPath = Json.string(fields.get(i), "jsonPath");
            var place = path + "[" + i + "].jsonPath";
            if (jsonPath.isEmpty() || seen.add(jsonPath)) {
                selectable(version, jsonPath, place);
            } else {
                causes.add(
                        new FieldCause(
                                "FieldValueDuplicate",
                                place,
                                "Duplicate value: " + Json.text(jsonPath)));
            }
        }
    }

    private void selectable(Map<String, Object> version, String path, String field) {
        if (!jsonPath(field, path)) {
            return;
        }
        if (path.equals(".metadata") || path.startsWith(".metadata.")) {
            invalid(field, path, "must not point to fields in metadata");
            return;
        }
        var node = Json.at(version, "schema", "openAPIV3Schema");
        for (var name : path.substring(1).split("\\.", -1)) {
            node = Json.at(node, "properties", name);
        }
        if (!(node instanceof Map<?, ?> schema)) {
            invalid(field, path, "is an invalid path: does not refer to a valid field");
        } else if (!Set.of("string", "boolean", "integer")
                .contains(Json.string(Json.cast(schema), "type"))) {
            invalid(
                    field,
                    path,
                    "must point to a field of type string, boolean or integer. Enum string fields and strings with"
                            + " formats are allowed.");
        }
    }

    // ---- updates

    private void successor(Resource crd, Resource old) {
        unchanged(crd, old, "spec", "group");
        unchanged(crd, old, "spec", "names", "plural");
        if (isEstablished(old)) {
            unchanged(crd, old, "spec", "scope");
            unchanged(crd, old, "spec", "names", "kind");
        }
        convertible(crd, old);
        var names =
                CustomKinds.objects(crd.spec(), "versions").stream()
                        .map(version -> Json.string(version, "name"))
                        .toList();
        var stored = CustomKinds.texts(crd.status(), "storedVersions");
        for (int i = 0; i < stored.size(); i++) {
            if (!names.contains(stored.get(i))) {
                invalid(
                        "status.storedVersions[" + i + "]",
                        stored.get(i),
                        ("missing from spec.versions; %1$s was previously a storage version, and must remain in"
                                        + " spec.versions until a storage migration ensures no data remains persisted"
                                        + " in %1$s and removes %1$s from status.storedVersions")
                                .formatted(stored.get(i)));
            }
        }
    }

    /// Objects that only a webhook could convert stay in the version that they are stored in.
    private void convertible(Resource crd, Resource old) {
        var before = storage(CustomKinds.objects(old.spec(), "versions"));
        var after = storage(CustomKinds.objects(crd.spec(), "versions"));
        if (CustomKinds.isConvertedByWebhook(crd.spec()) && !before.equals(after)) {
            causes.add(
                    FieldCause.forbidden(
                            "spec.versions",
                            ("the storage version cannot change from %s to %s: spec.conversion.strategy is Webhook, and"
                                            + " conversion webhooks are not called yet, so what is stored could not be"
                                            + " read; delete the definition and create it anew, and its objects in %2$s")
                                    .formatted(
                                            String.join(", ", before), String.join(", ", after))));
        }
    }

    private static List<String> storage(List<Map<String, Object>> versions) {
        return versions.stream()
                .filter(version -> Boolean.TRUE.equals(version.get("storage")))
                .map(version -> Json.string(version, "name"))
                .toList();
    }

    private static boolean isEstablished(Resource crd) {
        return CustomKinds.objects(crd.status(), "conditions").stream()
                .anyMatch(condition ->
                        "Established".equals(condition.get("type"))
                                && "True".equals(condition.get("status")));
    }

    private void unchanged(Resource crd, Resource old, String... path) {
        var before = old.at(path);
        var after = crd.at(path);
        if (before != null && !before.equals(after)) {
            invalid(String.join(".", path), after, "field is immutable");
        }
    }

    private void required(String field) {
        causes.add(FieldCause.required(field, ""));
    }

    private void invalid(String field, @Nullable Object value, String detail) {
        causes.add(FieldCause.invalid(field, value == null ? "" : value, detail));
    }
}
