package dev.slipway.graph.instance;

import dev.slipway.graph.compile.Definition;
import dev.slipway.graph.compile.Labels;
import dev.slipway.graph.compile.Policy.Deletion;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.OwnerReference;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.resources.Resources;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// The metadata that ties an instance to its definition, and resources to their instance.
final class Ownership {
    /// On resources: the wave in which they are applied.
    private static final String APPLY_ORDER = "internal.kro.run/apply-order";

    /// On resources that outlive their instance: how.
    private static final String DELETION = "slipway.dev/deletion-policy";

    private static final String INSTANCE_ID = "kro.run/instance-id";
    private static final String INSTANCE_NAMESPACE = "kro.run/instance-namespace";
    private static final String INSTANCE_GROUP = "kro.run/instance-group";
    private static final String INSTANCE_VERSION = "kro.run/instance-version";
    private static final String INSTANCE_KIND = "kro.run/instance-kind";
    private static final Pattern WAVE = Pattern.compile("[0-9]{1,9}");
    private static final String NODE = "slipway.dev/node";
    private static final String MANAGED_BY = "app.kubernetes.io/managed-by";

    private Ownership() {}

    /// The labels of an instance.
    static Map<String, String> instanceLabels(Resource instance, Definition definition) {
        Map<String, String> labels = new LinkedHashMap<>(Labels.ofDefinition(definition));
        labels.put(ApplySet.ID, ApplySet.id(instance));
        return labels;
    }

    /// Adds labels, annotations and, where namespaces allow, the owner to a rendered resource, which is changed.
    static void mark(Map<String, Object> tree, Member member, Resource instance) {
        var metadata = Json.child(tree, "metadata");
        var labels = Json.child(metadata, "labels");
        labels.putIfAbsent(MANAGED_BY, "kro");
        labels.putAll(childLabels(member, instance));
        var annotations = Json.child(metadata, "annotations");
        annotations.put(APPLY_ORDER, Long.toString(member.wave()));
        if (member.deletion() != Deletion.DELETE) {
            annotations.put(DELETION, member.deletion().word());
        } else if (mayOwn(instance, member)) {
            var owners = new ArrayList<>(Json.list(metadata, "ownerReferences"));
            owners.add(OwnerReference.controller(instance).tree());
            metadata.put("ownerReferences", owners);
        }
    }

    /// The labels of one of several items.
    static Map<String, String> itemLabels(int index, int size) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("kro.run/collection-index", Integer.toString(index));
        labels.put("kro.run/collection-size", Integer.toString(size));
        return labels;
    }

    /// What the marks on a resource tell of its part in a set.
    static Member member(Resource resource, ResourceKey key) {
        var wave = resource.annotation(APPLY_ORDER).orElse("");
        return new Member(
                resource.label(NODE).orElse("unknown"),
                resource.apiVersion(),
                resource.kind(),
                key,
                Deletion.of(resource.annotation(DELETION).orElse("")).orElse(Deletion.DELETE),
                WAVE.matcher(wave).matches() ? Long.parseLong(wave) : 0);
    }

    /// The changes of metadata that take away what [#mark] put there, owners aside.
    static Map<String, Object> unmarked(Resource resource) {
        Map<String, Object> labels = new LinkedHashMap<>();
        resource.labels().keySet().stream()
                .filter(Ownership::isMark)
                .forEach(name -> Json.put(labels, name, null));
        if (resource.label(MANAGED_BY).filter("kro"::equals).isPresent()) {
            Json.put(labels, MANAGED_BY, null);
        }
        Map<String, Object> annotations = new LinkedHashMap<>();
        Json.put(annotations, APPLY_ORDER, null);
        Json.put(annotations, DELETION, null);
        return Map.of("labels", labels, "annotations", annotations);
    }

    private static boolean isMark(String label) {
        return label.startsWith("kro.run/") || label.equals(NODE) || label.equals(ApplySet.PART_OF);
    }

    /// Whether a resource still bears traces of an instance although its membership was taken away.
    static boolean isOf(Resource resource, Resource instance) {
        return resource.label(INSTANCE_ID).filter(instance.uid()::equals).isPresent()
                || isOwnedBy(resource, instance);
    }

    /// Whether the instance is there, and worked on, that a resource says it belongs to.
    static boolean isOfLiveInstance(Resource resource, Resources resources) {
        var group = resource.label(INSTANCE_GROUP).orElse("");
        var version = resource.label(INSTANCE_VERSION).orElse("");
        var namespace = resource.label(INSTANCE_NAMESPACE).orElse("");
        var uid = resource.label(INSTANCE_ID).orElse("");
        return resources
                .kinds()
                .byKind(group + "/" + version, resource.label(INSTANCE_KIND).orElse(""))
                .map(served -> resources.state().list(served.kind().key(), namespace))
                .flatMap(all ->
                        all.stream()
                                .filter(one -> one.field("metadata.uid").equals(uid))
                                .findFirst())
                .filter(one -> !InstanceController.isSuspended(one.resource()))
                .isPresent();
    }

    /// Whether an instance is among the owners of a resource.
    static boolean isOwnedBy(Resource resource, Resource instance) {
        return resource.owners().stream().anyMatch(owner -> owner.uid().equals(instance.uid()));
    }

    private static Map<String, String> childLabels(Member member, Resource instance) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("kro.run/owned", "true");
        labels.put("kro.run/kro-version", Labels.VERSION);
        labels.put(INSTANCE_ID, instance.uid());
        labels.put("kro.run/instance-name", Labels.shortened(instance.name()));
        if (!instance.namespace().isEmpty()) {
            labels.put(INSTANCE_NAMESPACE, instance.namespace());
        }
        labels.put(INSTANCE_GROUP, Labels.shortened(instance.group()));
        labels.put(INSTANCE_VERSION, instance.version());
        labels.put(INSTANCE_KIND, instance.kind());
        labels.put("kro.run/node-id", member.node());
        labels.put(NODE, member.node());
        labels.put(ApplySet.PART_OF, ApplySet.id(instance));
        return labels;
    }

    /// Owners live in the namespace of what they own, or in none.
    private static boolean mayOwn(Resource instance, Member member) {
        return instance.namespace().isEmpty()
                || instance.namespace().equals(member.key().namespace());
    }
}
