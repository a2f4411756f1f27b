package dev.slipway.kernel.resources;

import dev.slipway.kernel.kind.BuiltInRules;
import dev.slipway.kernel.kind.EmbeddedRules;
import dev.slipway.kernel.kind.EventRules;
import dev.slipway.kernel.kind.Kinds.Served;
import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.schema.Ratchet;
import dev.slipway.kernel.schema.Rules;
import dev.slipway.kernel.schema.Schema;
import dev.slipway.kernel.schema.Validation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Refuses an object that breaks rules: those of its schema, its kind and all objects, told together.
final class Checks {
    private Checks() {}

    static void check(Served served, Resource object, Optional<Resource> old, String subresource) {
        if (!Conversion.isSecondView(served)) {
            check(served, object, old, subresource, List.of());
            return;
        }
        var judged = Conversion.judged(served, object);
        var before = old.map(one -> Conversion.judged(served, one));
        check(
                Served.stored(served.kind()),
                judged,
                before,
                subresource,
                served.group().equals("events.k8s.io")
                        ? EventRules.checkNew(judged, before)
                        : List.of());
    }

    /// @param known what is wrong beyond that
    private static void check(
            Served served,
            Resource object,
            Optional<Resource> old,
            String subresource,
            List<FieldCause> known) {
        var causes = new ArrayList<FieldCause>(Metadata.check(object, served.kind(), old));
        var schema = served.version().schema();
        var found =
                subresource.equals("status") && !served.kind().rules().builtIn()
                        ? status(object, schema)
                        : Validation.check(object.tree(), schema, "", EmbeddedRules::check);
        if (old.isPresent() && !served.kind().rules().builtIn()) {
            found = Ratchet.changed(found, schema, object.tree(), old.get().tree());
        }
        var ofKind = BuiltInRules.check(object, served.kind(), old);
        causes.addAll(notRepeated(found, ofKind));
        causes.addAll(Rules.of(schema).check(object.tree(), old.map(Resource::tree), found));
        causes.addAll(ofKind);
        causes.addAll(ScaleRule.check(object, served));
        causes.addAll(known);
        if (!causes.isEmpty()) {
            throw Situation.invalid(served, object.name(), causes).exception();
        }
    }

    /// Sentences about what is wrong with a custom resource and was so before: a schema became stricter.
    static List<String> forgiven(Served served, Resource object, Resource old) {
        return served.kind().isCustom()
                ? Rules.of(served.version().schema()).forgiven(object.tree(), old.tree()).stream()
                        .map(cause -> cause.field() + ": " + cause.message())
                        .toList()
                : List.of();
    }

    /// What the schema finds and the rules of the kind do not say themselves: they say it better.
    private static List<FieldCause> notRepeated(List<FieldCause> found, List<FieldCause> ofKind) {
        var said = ofKind.stream().map(FieldCause::field).collect(Collectors.toSet());
        return found.stream()
                .filter(cause ->
                        !cause.reason().equals("FieldValueRequired")
                                || !said.contains(cause.field()))
                .toList();
    }

    /// What is wrong with a status alone; messages count from there.
    private static List<FieldCause> status(Resource object, Schema schema) {
        var status = schema.property("status");
        if (status == null || !object.tree().containsKey("status")) {
            return List.of();
        }
        return Validation.check(object.tree().get("status"), status, "", EmbeddedRules::check)
                .stream()
                .map(cause ->
                        cause.field().equals("<nil>")
                                ? cause
                                : new FieldCause(
                                        cause.reason(), "status." + cause.field(), cause.message()))
                .toList();
    }
}
