package dev.slipway.graph.instance;

import dev.slipway.graph.compile.Node;
import dev.slipway.graph.compile.Policy;
import dev.slipway.graph.compile.Propagation;
import dev.slipway.graph.write.Writes;
import dev.slipway.kernel.kind.Kinds.Served;
import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.ProblemException;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.resources.Resources;
import dev.slipway.kernel.store.StoredObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// Makes the resources of one instance as they were rendered, unless they are so already.
///
/// Used for one pass, by any number of threads.
final class Maker {
    private final Resource instance;
    private final Propagation propagation;
    private final Resources resources;
    private final Writes writes;
    private final Applied applied;
    private final Map<ResourceKey, Long> seen = new ConcurrentHashMap<>();

    /// @param propagation what the resources take over from the instance
    /// @param applied what earlier passes have applied
    Maker(
            Resource instance,
            Propagation propagation,
            Resources resources,
            Writes writes,
            Applied applied) {
        this.instance = instance;
        this.propagation = propagation;
        this.resources = resources;
        this.writes = writes;
        this.applied = applied;
    }

    /// The revisions of the resources that were found or made right.
    Map<ResourceKey, Long> seen() {
        return seen;
    }

    /// Makes a resource that is recorded already.
    ///
    /// @param labels more than those of every resource
    Made make(Node node, Member member, Map<String, Object> rendered, Map<String, String> labels) {
        try {
            return node.policy().contributes()
                    ? contribute(served(node), node.policy(), member, rendered)
                    : make(served(node), node.policy(), member, rendered, labels);
        } catch (ProblemException e) {
            return new Made.Refused(sentence(member, e.problem()));
        }
    }

    private Made make(
            Served served,
            Policy policy,
            Member member,
            Map<String, Object> rendered,
            Map<String, String> labels) {
        var stored = resources.state().get(member.key());
        var live = stored.map(StoredObject::resource);
        var objection = live.flatMap(found -> objection(policy, member, found));
        if (objection.isPresent()) {
            return new Made.Refused(objection.get());
        }
        if (live.filter(Resource::terminating).isPresent()) {
            return new Made.Going(member.title() + " is being deleted; it is made anew afterwards");
        }
        var configuration = configuration(member, rendered, labels);
        var digest = Applied.Digest.of(configuration);
        var isSo = stored.filter(found -> applied.isSo(found, served.kind(), digest)).isPresent();
        if (isSo) {
            writes.checkMaking(served, member.key());
        }
        return new Made.There(
                isSo
                        ? found(served, member.key(), live.orElseThrow())
                        : apply(member, served, configuration, digest));
    }

    /// Gives a resource of others the fields that were rendered, and takes back those that earlier renderings had.
    private Made contribute(
            Served served, Policy policy, Member member, Map<String, Object> rendered) {
        var stored = resources.state().get(member.key());
        var live = stored.map(StoredObject::resource).filter(found -> !found.terminating());
        if (live.isEmpty()) {
            return new Made.Missing(
                    stored.isEmpty()
                            ? "waits for %s, which is of others, to be made"
                                    .formatted(member.title())
                            : "%s is being deleted by others".formatted(member.title()));
        }
        var configuration = placed(rendered, member);
        var digest = Applied.Digest.of(configuration);
        if (stored.filter(found -> applied.isSo(found, served.kind(), digest)).isPresent()) {
            writes.checkChanging(served, member.key());
            return new Made.There(found(served, member.key(), live.get()));
        }
        var made = contribute(served, policy, live.get(), configuration);
        return new Made.There(noted(member, served, digest, made));
    }

    /// Fields that another instance holds are never taken from it: it would take them back, for ever.
    private Resource contribute(
            Served served, Policy policy, Resource live, Map<String, Object> configuration) {
        try {
            return writes.contribute(served, live, instance, configuration, false);
        } catch (ProblemException e) {
            if (policy.adoption() == Policy.Adoption.FORCE
                    && e.problem().reason() == Problem.Reason.CONFLICT
                    && !e.problem().causes().isEmpty()
                    && e.problem().causes().stream().noneMatch(Maker::isOfAnInstance)) {
                return writes.contribute(served, live, instance, configuration, true);
            }
            throw e;
        }
    }

    private static boolean isOfAnInstance(FieldCause cause) {
        return cause.message().contains('"' + Writes.CONTRIBUTOR)
                || cause.message().contains('"' + InstanceController.NAME + '"');
    }

    /// A resource of others, where it is there.
    Optional<Resource> read(Node node, ResourceKey key) {
        var served = served(node);
        writes.checkReading(served, key);
        return resources
                .state()
                .get(key)
                .map(StoredObject::resource)
                .map(live -> found(served, key, live));
    }

    /// The same tree under the version that the graph names.
    private Resource found(Served served, ResourceKey key, Resource live) {
        seen.put(key, Long.valueOf(live.resourceVersion()));
        live.tree().put("apiVersion", served.apiVersion());
        live.tree().put("kind", served.names().kind());
        return live;
    }

    /// Resources of others that a selector found, as far as they are still there.
    List<Resource> read(Node node, Interests.Selection selection, Set<ResourceKey> keys) {
        var served = served(node);
        writes.checkFinding(served, selection.namespace());
        var state = resources.state();
        return keys.stream()
                .flatMap(key ->
                        state.get(key).stream().map(one -> found(served, key, one.resource())))
                .toList();
    }

    /// Why a resource that is there may not be touched: it is not this instance's.
    private Optional<String> objection(Policy policy, Member member, Resource live) {
        var set = live.label(ApplySet.PART_OF).orElse("");
        if (set.equals(ApplySet.id(instance))
                || (set.isEmpty() && Ownership.isOf(live, instance))
                || mayAdopt(policy, set, live)) {
            return Optional.empty();
        }
        return Optional.of(
                set.isEmpty()
                        ? "%s exists and is not part of this instance: it is left as it is (conflict); delete it, or let the node take it up with \"adoption: %s\""
                                .formatted(
                                        member.title(),
                                        live.owners().isEmpty() ? "IfUnowned" : "Force")
                        : "%s belongs to another instance, ApplySet %s: it is left as it is (conflict)"
                                .formatted(member.title(), set));
    }

    /// What another instance makes stays that one's as long as it is there: two that took it from each other would do so
    /// for ever.
    private boolean mayAdopt(Policy policy, String set, Resource live) {
        return switch (policy.adoption()) {
            case REFUSE -> false;
            case IF_UNOWNED -> set.isEmpty() && live.owners().isEmpty();
            case FORCE -> set.isEmpty() || !Ownership.isOfLiveInstance(live, resources);
        };
    }

    private Served served(Node node) {
        return resources
                .kinds()
                .byKind(node.apiVersion(), node.kind())
                .orElseThrow(() ->
                        Problem.of(
                                        Problem.Reason.NOT_FOUND,
                                        "the kind %s of %s is not served"
                                                .formatted(node.kind(), node.apiVersion()))
                                .exception());
    }

    private Map<String, Object> configuration(
            Member member, Map<String, Object> rendered, Map<String, String> labels) {
        var configuration = placed(rendered, member);
        propagate(configuration, "labels", propagation.labels(), instance.labels());
        propagate(configuration, "annotations", propagation.annotations(), instance.annotations());
        Ownership.mark(configuration, member, instance);
        if (!labels.isEmpty()) {
            Json.child(Json.child(configuration, "metadata"), "labels").putAll(labels);
        }
        return configuration;
    }

    private static Map<String, Object> placed(Map<String, Object> rendered, Member member) {
        var configuration = Json.copy(rendered);
        if (!member.key().namespace().isEmpty()) {
            Json.child(configuration, "metadata").put("namespace", member.key().namespace());
        }
        return configuration;
    }

    /// What the template says itself goes before what the instance says.
    private static void propagate(
            Map<String, Object> configuration,
            String field,
            List<String> patterns,
            Map<String, Object> from) {
        if (!patterns.isEmpty()) {
            var values = Json.child(Json.child(configuration, "metadata"), field);
            Propagation.chosen(patterns, from).forEach(values::putIfAbsent);
        }
    }

    private Resource apply(
            Member member,
            Served served,
            Map<String, Object> configuration,
            Applied.Digest digest) {
        return noted(member, served, digest, writes.apply(served, configuration));
    }

    private Resource noted(Member member, Served served, Applied.Digest digest, Resource made) {
        applied.put(member.key(), served.kind(), digest, made.resourceVersion());
        seen.put(member.key(), Long.valueOf(made.resourceVersion()));
        return made;
    }

    /// What is wrong with fields does not say whose they are.
    private static String sentence(Member member, Problem problem) {
        return problem.causes().isEmpty()
                ? problem.message()
                : member.title()
                        + ": "
                        + problem.causes().stream()
                                .map(Object::toString)
                                .collect(Collectors.joining("; "));
    }
}
