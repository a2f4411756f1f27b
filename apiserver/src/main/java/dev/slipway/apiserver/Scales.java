package dev.slipway.apiserver;

import dev.slipway.apiserver.table.JsonPath;
import dev.slipway.apiserver.wire.Answers;
import dev.slipway.apiserver.wire.Bodies;
import dev.slipway.apiserver.wire.Representation;
import dev.slipway.apiserver.wire.Tree;
import dev.slipway.client.web.WebResponse;
import dev.slipway.kernel.kind.KindVersion.Scale;
import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.patch.JsonPatch;
import dev.slipway.kernel.patch.MergePatch;
import dev.slipway.kernel.resources.Patch;
import dev.slipway.kernel.resources.Resources;
import dev.slipway.kernel.resources.WriteOptions;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/// Answers the `scale` subresource: the number of replicas of any kind that has one, in one shape. Thread-safe.
final class Scales {
    private static final String KIND = "Scale";
    private static final String GROUP = "autoscaling";

    private final Resources resources;

    Scales(Resources resources) {
        this.resources = resources;
    }

    WebResponse get(Target target) {
        var form = Representation.of(target.request());
        var live = live(target);
        var path = paths(target).specReplicasPath();
        if (JsonPath.parse(path).first(live.tree()).isEmpty()) {
            throw Problem.badRequest(
                            "the spec replicas field \"%s\" does not exist".formatted(path))
                    .exception();
        }
        return Answers.tree(200, scale(live, paths(target)), form);
    }

    WebResponse update(Target target) {
        var body = Bodies.object(target.request(), KIND).tree();
        return write(target, body, Json.string(Json.object(body, "metadata"), "resourceVersion"));
    }

    WebResponse patch(Target target) {
        if (Bodies.mediaType(target.request()).equals("application/apply-patch+yaml")) {
            return apply(target);
        }
        var before = scale(live(target), paths(target));
        var after = patched(target, before);
        var version = Json.string(Json.object(after, "metadata"), "resourceVersion");
        var same = version.equals(Json.string(Json.object(before, "metadata"), "resourceVersion"));
        return write(target, after, same ? "" : version);
    }

    /// What is applied to the numbers of replicas is applied to the object that has them.
    private WebResponse apply(Target target) {
        var form = Representation.of(target.request());
        var options = WriteRequests.options(target.request(), "PatchOptions");
        Writes.checkForce(target);
        if (Writes.isForced(target) && !target.served().kind().rules().builtIn()) {
            throw Problem.badRequest(
                            "force: an apply to the scale of a custom kind cannot be forced; update the scale instead")
                    .exception();
        }
        var configuration =
                Writes.map(Bodies.patch(target.request()), "application/apply-patch+yaml");
        var tree =
                Json.object(configuration, "spec").containsKey("replicas")
                        ? path(paths(target).specReplicasPath(), replicas(target, configuration))
                        : new LinkedHashMap<String, Object>();
        tree.put("apiVersion", target.served().apiVersion());
        tree.put("kind", target.served().names().kind());
        var metadata = new LinkedHashMap<String, Object>();
        metadata.put("name", Json.string(Json.object(configuration, "metadata"), "name"));
        tree.put("metadata", metadata);
        return answer(
                target,
                form,
                new Patch.Apply(new Resource(tree), Writes.isForced(target)),
                options);
    }

    /// @param resourceVersion the revision that the client has seen; empty where it does not say
    private WebResponse write(Target target, Map<String, Object> scale, String resourceVersion) {
        var form = Representation.of(target.request());
        var options = WriteRequests.options(target.request(), "UpdateOptions");
        var patch = path(paths(target).specReplicasPath(), replicas(target, scale));
        if (!resourceVersion.isEmpty()) {
            patch.put("metadata", Tree.of("resourceVersion", resourceVersion));
        }
        return answer(target, form, new Patch.Merge(patch), options);
    }

    private WebResponse answer(
            Target target, Representation form, Patch patch, WriteOptions options) {
        var written =
                resources.patch(
                        target.served(),
                        target.namespace(),
                        target.name(),
                        "scale",
                        patch,
                        options);
        return Writes.warn(
                Answers.tree(200, scale(written.object(), paths(target)), form),
                written.warnings());
    }

    private static Map<String, Object> patched(Target target, Map<String, Object> scale) {
        var patch = Bodies.patch(target.request()).value();
        if (patch instanceof List<?> operations) {
            return JsonPatch.apply(scale, Json.castList(operations)) instanceof Map<?, ?> map
                    ? Json.cast(map)
                    : Map.of();
        }
        if (patch instanceof Map<?, ?> merge) {
            return MergePatch.apply(scale, Json.cast(merge));
        }
        throw Problem.badRequest("error decoding patch: the body is not a JSON object").exception();
    }

    private Resource live(Target target) {
        return resources
                .find(target.served(), target.namespace(), target.name())
                .orElseThrow(() -> target.notFound().exception());
    }

    private static Scale paths(Target target) {
        return target.served().version().scale().orElseThrow(Routes::noResource);
    }

    private static Object replicas(Target target, Map<String, Object> scale) {
        var replicas = Json.object(scale, "spec").get("replicas");
        var builtIn = target.served().kind().rules().builtIn();
        if (replicas instanceof Long number
                && (!builtIn || (number >= 0 && number <= Integer.MAX_VALUE))) {
            return number;
        }
        var why =
                replicas instanceof Long number && number < 0
                        ? "must be greater than or equal to 0"
                        : "must be a number of replicas";
        throw Problem.invalid(
                        GROUP,
                        KIND,
                        target.name(),
                        List.of(
                                FieldCause.invalid(
                                        "spec.replicas",
                                        Objects.requireNonNullElse(replicas, ""),
                                        why)))
                .exception();
    }

    private static Map<String, Object> scale(Resource resource, Scale paths) {
        var metadata = new LinkedHashMap<String, Object>();
        for (var key :
                List.of("name", "namespace", "uid", "resourceVersion", "creationTimestamp")) {
            if (resource.metadata().get(key) instanceof String text) {
                metadata.put(key, text);
            }
        }
        var status = Tree.of("replicas", number(resource, paths.statusReplicasPath()));
        var selector = selector(resource, paths.labelSelectorPath());
        if (!selector.isEmpty()) {
            status.put("selector", selector);
        }
        return Tree.of(
                "kind", KIND,
                "apiVersion", GROUP + "/v1",
                "metadata", metadata,
                "spec", Tree.of("replicas", number(resource, paths.specReplicasPath())),
                "status", status);
    }

    private static Object number(Resource resource, String path) {
        return JsonPath.parse(path)
                .first(resource.tree())
                .filter(Long.class::isInstance)
                .orElse(0L);
    }

    /// A selector as text, also where the object holds it as labels to match.
    private static String selector(Resource resource, String path) {
        var found = path.isEmpty() ? "" : JsonPath.parse(path).first(resource.tree()).orElse("");
        if (found instanceof Map<?, ?> map) {
            var labels = map.get("matchLabels") instanceof Map<?, ?> match ? match : map;
            return Json.cast(labels).entrySet().stream()
                    .map(label -> label.getKey() + "=" + label.getValue())
                    .collect(Collectors.joining(","));
        }
        return found.toString();
    }

    /// An object that holds nothing but a value at a dotted path.
    private static Map<String, Object> path(String path, Object value) {
        var names = Arrays.stream(path.split("\\.")).filter(name -> !name.isEmpty()).toList();
        Map<String, Object> root = new LinkedHashMap<>();
        var here = root;
        for (var name : names.subList(0, names.size() - 1)) {
            here = Json.child(here, name);
        }
        here.put(names.getLast(), value);
        return root;
    }
}
