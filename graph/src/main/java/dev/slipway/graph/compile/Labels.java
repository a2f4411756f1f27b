package dev.slipway.graph.compile;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.store.StoredObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The labels that tie what a graph makes to its definition.
public final class Labels {
    /// On everything: the engine that made it.
    public static final String VERSION = "slipway";

    private static final String DEFINITION = "kro.run/resource-graph-definition-name";
    private static final String DEFINITION_ID = "kro.run/resource-graph-definition-id";

    /// How long a label can be.
    public static final int MAX_LENGTH = 63;

    /// The field manager of the kinds that definitions define.
    public static final String MANAGER = "slipway-graph";

    private Labels() {}

    /// What instances and the generated kind bear.
    public static Map<String, String> ofDefinition(Definition definition) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("kro.run/owned", "true");
        labels.put("kro.run/kro-version", VERSION);
        labels.put(DEFINITION_ID, definition.resource().uid());
        labels.put(DEFINITION, shortened(definition.name()));
        return labels;
    }

    /// Whether a resource bears the labels of some definition.
    public static boolean isOfSomeDefinition(Resource resource) {
        return resource.label(DEFINITION).isPresent();
    }

    /// Whether a custom resource definition is that of a definition: by its label, or where somebody took that away by
    /// its definition's uid, or by who wrote it where no definition is named at all.
    public static boolean isKindOf(Resource crd, Resource definition) {
        if (isOfSomeDefinition(crd)) {
            return isOf(crd, definition.name());
        }
        var id = crd.label(DEFINITION_ID);
        return id.isPresent()
                ? id.get().equals(definition.uid())
                : Json.list(crd.metadata(), "managedFields").stream()
                        .anyMatch(entry -> MANAGER.equals(Json.at(entry, "manager")));
    }

    /// Whether a resource bears the labels of the definition with this name.
    public static boolean isOf(Resource resource, String definition) {
        return resource.label(DEFINITION).equals(Optional.of(shortened(definition)));
    }

    /// The same, without a look at anything but the label.
    static boolean isOf(StoredObject stored, String definition) {
        return stored.label(DEFINITION).equals(Optional.of(shortened(definition)));
    }

    /// The name in the labels of a resource, where there is one.
    static Optional<String> definitionOf(StoredObject stored) {
        return stored.label(DEFINITION);
    }

    /// The name in the labels of a resource, shortened as labels are; empty where there is none.
    public static String definitionOf(Resource resource) {
        return resource.label(DEFINITION).orElse("");
    }

    /// A text that fits into a label: its end gives way to a number that tells long texts apart.
    public static String shortened(String text) {
        if (text.length() <= MAX_LENGTH) {
            return text;
        }
        var tail = "-" + Integer.toHexString(text.hashCode());
        return text.substring(0, MAX_LENGTH - tail.length()) + tail;
    }
}
