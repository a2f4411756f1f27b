package dev.slipway.graph.instance;

import dev.slipway.kernel.model.Resource;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The labels and annotations by which tools see that resources belong together: the instance is the parent of the set.
final class ApplySet {
    static final String ID = "applyset.kubernetes.io/id";
    static final String PART_OF = "applyset.kubernetes.io/part-of";
    private static final String TOOLING = "applyset.kubernetes.io/tooling";
    static final String GROUP_KINDS = "applyset.kubernetes.io/contains-group-kinds";
    static final String NAMESPACES = "applyset.kubernetes.io/additional-namespaces";
    private static final String HASH = "internal.kro.run/applyset-inventory-hash";

    private ApplySet() {}

    /// The id of the set of an instance: by its identity, so that it outlives a recreation.
    static String id(Resource instance) {
        var identity =
                String.join(
                        ".",
                        instance.name(),
                        instance.namespace(),
                        instance.kind(),
                        instance.group());
        return "applyset-"
                + Base64.getUrlEncoder().withoutPadding().encodeToString(sha256(identity))
                + "-v1";
    }

    /// Whether a resource bears the label of the set of an instance.
    static boolean holds(Resource resource, Resource instance) {
        return id(instance).equals(resource.label(PART_OF).orElse(""));
    }

    /// The annotations of the parent; an empty value is one that must not be there.
    static Map<String, String> annotations(Resource instance, Inventory inventory) {
        var groupKinds =
                inventory.owned().stream()
                        .map(Member::groupKind)
                        .collect(Collectors.toCollection(TreeSet::new));
        var namespaces =
                inventory.owned().stream()
                        .map(member -> member.key().namespace())
                        .filter(name -> !name.isEmpty() && !name.equals(instance.namespace()))
                        .collect(Collectors.toCollection(TreeSet::new));
        Map<String, String> annotations = new LinkedHashMap<>();
        annotations.put(TOOLING, "kro/slipway");
        annotations.put(GROUP_KINDS, String.join(",", groupKinds));
        annotations.put(NAMESPACES, String.join(",", namespaces));
        annotations.put(HASH, hash(id(instance), annotations));
        return annotations;
    }

    private static String hash(String id, Map<String, String> annotations) {
        return HexFormat.of()
                .formatHex(
                        sha256(
                                String.join(
                                        "\0",
                                        id,
                                        annotations.getOrDefault(GROUP_KINDS, ""),
                                        annotations.getOrDefault(NAMESPACES, ""))));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
