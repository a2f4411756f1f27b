package dev.slipway.apiserver;

import dev.slipway.apiserver.read.Lists;
import dev.slipway.apiserver.read.Watches;
import dev.slipway.apiserver.read.Wire;
import dev.slipway.apiserver.wire.Answers;
import dev.slipway.apiserver.wire.Representation;
import dev.slipway.client.web.WebRequest;
import dev.slipway.client.web.WebResponse;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.resources.Resources;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.function.Predicate;

/// Answers the verbs that read. Thread-safe.
final class Reads {
    private final Resources resources;
    private final Lists lists;
    private final Watches watches;
    private final RelationsAnswer relations;
    private final Clock clock;

    Reads(
            Resources resources,
            Lists lists,
            Watches watches,
            RelationsAnswer relations,
            Clock clock) {
        this.resources = resources;
        this.lists = lists;
        this.watches = watches;
        this.relations = relations;
        this.clock = clock;
    }

    WebResponse get(Target target) {
        var form = Representation.of(target.request());
        var object =
                lists.find(target.request(), target.key())
                        .orElseThrow(() -> target.notFound().exception());
        var wire = new Wire(target.served());
        return Wire.writes(form)
                ? wire.answer(object, form)
                : Writes.object(target, form, wire.resource(object), 200, clock);
    }

    /// @param guard as of [Lists#list]
    WebResponse list(Target target, LongConsumer guard) {
        return lists.list(target.request(), target.served(), target.namespace(), guard);
    }

    /// A watch of a kind, or of the one object that the path names.
    ///
    /// @param guard as of [Watches#watch]
    WebResponse watch(Target target, LongConsumer guard) {
        var request =
                target.name().isEmpty() ? target.request() : named(target.request(), target.name());
        return watches.watch(request, target.served(), target.namespace(), guard);
    }

    WebResponse relations(Target target, Predicate<ResourceKey> visible) {
        mustExist(target);
        return Answers.tree(
                200, relations.of(target.key(), visible), Representation.of(target.request()));
    }

    private void mustExist(Target target) {
        if (resources.state().get(target.key()).isEmpty()) {
            throw target.notFound().exception();
        }
    }

    private static WebRequest named(WebRequest request, String name) {
        Map<String, List<String>> query = new LinkedHashMap<>(request.query());
        query.put("fieldSelector", List.of("metadata.name=" + name));
        return new WebRequest(
                request.method(),
                request.path(),
                query,
                request.headers(),
                request.body(),
                request.identity());
    }
}
