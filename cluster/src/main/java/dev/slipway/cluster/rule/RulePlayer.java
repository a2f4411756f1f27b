package dev.slipway.cluster.rule;

import dev.slipway.cluster.simulation.Digest;
import dev.slipway.cluster.simulation.Fault;
import dev.slipway.cluster.simulation.Stage;
import dev.slipway.cluster.simulation.Tree;
import dev.slipway.cluster.simulation.Trouble;
import dev.slipway.kernel.kind.Kind;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.OwnerReference;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.ProblemException;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.store.Term;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Plays objects by the rule of their kind: phase after phase, or the fault that is asked for.
///
/// An object whose status is that of the last phase rests. Safe to use from any thread.
public final class RulePlayer {
    /// Says why an object could not be played.
    static final String ERROR = "slipway.dev/simulation-error";

    /// Says whom an object was created for, of which it is no child.
    private static final String FOR = "slipway.dev/simulated-for";

    /// Says on an object that a rule made for which kinds: those are not played once more for it.
    private static final String MAKERS = "slipway.dev/simulated-from";

    /// How often objects that rules make have rules make further ones.
    private static final int MOST_MAKERS = 3;

    private static final String ADDRESSES = "172.18";

    private final RuleBook book;
    private final Templates templates = new Templates();

    public RulePlayer(RuleBook book) {
        this.book = book;
    }

    /// Brings an object on, if there is a rule for it.
    public void play(Stage stage, Kind kind, Resource object) {
        var rule = book.rule(stage.simulation(), kind);
        if (rule.isEmpty() || isOwnMaking(kind, object) || !isMeant(rule.get(), stage, object)) {
            return;
        }
        var marked = stage.mark(object);
        try {
            play(stage, rule.get(), marked);
            say(stage, marked, "");
        } catch (Templates.Unplayable e) {
            say(stage, marked, String.valueOf(e.getMessage()));
        } catch (ProblemException e) {
            if (e.problem().reason().fault() != Problem.Fault.USER
                    || e.problem().reason() == Problem.Reason.NOT_FOUND) {
                throw e;
            }
            say(stage, marked, e.problem().message());
        }
    }

    /// Whether an object was made by the rule that it would be played by, or by so many others that there is no end.
    private static boolean isOwnMaking(Kind kind, Resource object) {
        var makers = makers(object);
        return makers.contains(kind.key().groupResource()) || makers.size() >= MOST_MAKERS;
    }

    /// The kinds of the objects that an object was made for, one after the other.
    private static List<String> makers(Resource object) {
        return object.annotation(MAKERS).map(text -> List.of(text.split(","))).orElse(List.of());
    }

    private boolean isMeant(Rule rule, Stage stage, Resource object) {
        return rule.when().isEmpty() || templates.holds(rule.when(), data(stage, object));
    }

    private void play(Stage stage, Rule rule, Resource object) {
        var trouble = stage.trouble(object).map(Trouble::fault);
        var fault =
                trouble.filter(Fault.Named.class::isInstance)
                        .flatMap(one -> rule.fault(((Fault.Named) one).name()));
        if (fault.isPresent()) {
            apply(stage, fault.get(), object);
        } else if (!isThere(stage, rule.phases().getLast(), object)) {
            go(stage, rule, object, trouble);
        }
    }

    /// Applies the furthest phase that has been reached.
    private void go(Stage stage, Rule rule, Resource object, Optional<Fault> trouble) {
        var slow =
                trouble.filter(Fault.Slow.class::isInstance)
                        .map(one -> ((Fault.Slow) one).by())
                        .orElse(Duration.ZERO);
        Optional<Phase> reached = Optional.empty();
        for (var phase : rule.phases()) {
            var after = phase.after(stage.pace());
            var pace = after.isZero() ? after : after.plus(slow);
            var step = object.generation() + " " + phase.name() + " " + slow;
            if (!stage.passed(object, step, pace)) {
                break;
            }
            reached = Optional.of(phase);
        }
        reached.ifPresent(phase -> apply(stage, phase, object));
    }

    private boolean isThere(Stage stage, Phase phase, Resource object) {
        var data = data(stage, object);
        var overlay = new Overlay(stage.time());
        var status = overlay.over(object.status(), templates.render(phase.status(), data));
        var tree = overlay.over(object.tree(), templates.render(phase.object(), data));
        return status.equals(object.status())
                && tree.equals(object.tree())
                && phase.creates().stream()
                        .allMatch(one ->
                                find(stage, templates.render(one, data), object).isPresent());
    }

    private void apply(Stage stage, Phase phase, Resource object) {
        var data = data(stage, object);
        var overlay = new Overlay(stage.time());
        for (var one : phase.creates()) {
            create(stage, templates.render(one, data), object);
        }
        var changes = templates.render(phase.object(), data);
        var wanted = overlay.over(object.tree(), changes);
        var status = overlay.over(object.status(), templates.render(phase.status(), data));
        var same = wanted.equals(object.tree());
        if (same && status.equals(object.status())) {
            return;
        }
        wanted.put("status", status);
        rests(stage, phase, new Resource(wanted));
        var changed = same ? object : stage.merge(object, changes);
        stage.status(
                changed, overlay.over(changed.status(), templates.render(phase.status(), data)));
    }

    /// A phase that would change what it has just made goes on for ever.
    private void rests(Stage stage, Phase phase, Resource made) {
        var data = data(stage, made);
        var overlay = new Overlay(stage.time());
        var again = overlay.over(made.tree(), templates.render(phase.object(), data));
        var status = overlay.over(made.status(), templates.render(phase.status(), data));
        if (!again.equals(made.tree()) || !status.equals(made.status())) {
            throw new Templates.Unplayable(
                    "phase %s never comes to rest: what it says follows from what it said before"
                            .formatted(phase.name()));
        }
    }

    private static Map<String, Object> data(Stage stage, Resource object) {
        return Tree.of(
                "self",
                object.tree(),
                "simulated",
                Tree.of(
                        "cluster",
                        stage.simulation().name(),
                        "address",
                        Digest.address(ADDRESSES, object.uid()),
                        "id",
                        Digest.of(object.uid())));
    }

    // ---- further objects

    private static Optional<Resource> find(Stage stage, Map<String, Object> tree, Resource source) {
        var wanted = new Resource(placed(stage, tree, source));
        var key = stage.key(wanted);
        return stage.find(key.kind(), key.namespace(), key.name());
    }

    private static void create(Stage stage, Map<String, Object> tree, Resource source) {
        if (find(stage, tree, source).isPresent()) {
            return;
        }
        var placed = placed(stage, tree, source);
        var metadata = Json.child(placed, "metadata");
        if (Json.string(metadata, "namespace").equals(source.namespace())) {
            metadata.put(
                    "ownerReferences",
                    new ArrayList<Object>(List.of(OwnerReference.controller(source).tree())));
        } else {
            Json.child(metadata, "labels").put(FOR, label(stage.key(source)));
        }
        var makers = new ArrayList<>(makers(source));
        makers.add(stage.key(source).kind().groupResource());
        Json.child(metadata, "annotations").put(MAKERS, String.join(",", makers));
        stage.create(stage.key(new Resource(placed)).kind(), placed);
    }

    /// An object of a namespaced kind comes into the namespace of the one that it is created for.
    private static Map<String, Object> placed(
            Stage stage, Map<String, Object> tree, Resource source) {
        var placed = Json.copy(tree);
        var metadata = Json.child(placed, "metadata");
        if (stage.isNamespaced(new Resource(placed))) {
            metadata.putIfAbsent("namespace", source.namespace());
        }
        return placed;
    }

    private static String label(ResourceKey key) {
        return Digest.of(key.toString());
    }

    /// Takes away what was created for an object that is gone.
    public void gone(Stage stage, Kind kind, ResourceKey key) {
        var rule = book.rule(stage.simulation(), kind);
        rule.stream()
                .flatMap(one -> one.phases().stream())
                .flatMap(phase -> phase.creates().stream())
                .flatMap(tree -> stage.kind(new Resource(tree)).stream())
                .distinct()
                .flatMap(made -> stage.list(made, new Term.Label(FOR, label(key))).stream())
                .forEach(stage::delete);
    }

    // ---- what went wrong

    private static void say(Stage stage, Resource object, String error) {
        var said = object.annotation(ERROR).orElse("");
        if (!said.equals(error)) {
            var changes = Tree.of();
            Json.put(changes, ERROR, error.isEmpty() ? null : error);
            stage.annotate(object, changes);
        }
    }
}
