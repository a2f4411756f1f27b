package dev.slipway.cluster.simulation;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What goes wrong with whom, as a cluster's `spec.simulation.faults` says; what is left out matches everything, and `*`
/// in a name stands for any letters.
///
/// @param container which container of a pod; empty for the first one
public record FaultRule(
        Fault fault, String kind, String namespace, String name, String image, String container) {
    static Optional<FaultRule> of(Map<String, Object> tree) {
        return Fault.of(Json.string(tree, "fault"))
                .map(fault ->
                        new FaultRule(
                                fault,
                                Json.string(tree, "kind"),
                                Json.string(tree, "namespace"),
                                Json.string(tree, "name"),
                                Json.string(tree, "image"),
                                Json.string(tree, "container")));
    }

    /// Whether it concerns an object, or one of those that it was made for.
    ///
    /// @param chain the object, and its owners one above the other
    boolean concerns(List<Resource> chain) {
        return matches(namespace, chain.getFirst().namespace())
                && chain.stream().anyMatch(this::isNamed)
                && (image.isEmpty() || images(chain.getFirst()).anyMatch(this::isImage));
    }

    private boolean isNamed(Resource one) {
        return (kind.isEmpty() || kind.equals(one.kind())) && matches(name, one.name());
    }

    private boolean isImage(String one) {
        return matches(image, one);
    }

    private static Stream<String> images(Resource object) {
        var template = Json.object(object.spec(), "template");
        var spec = template.isEmpty() ? object.spec() : Json.object(template, "spec");
        return Tree.objects(spec, "containers").stream().map(one -> Json.string(one, "image"));
    }

    private static boolean matches(String pattern, String text) {
        return pattern.isEmpty()
                || Pattern.matches(Pattern.quote(pattern).replace("*", "\\E.*\\Q"), text);
    }
}
