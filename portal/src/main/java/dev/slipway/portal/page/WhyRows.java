package dev.slipway.portal.page;

import dev.slipway.client.NotReady;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.ProblemException;
import dev.slipway.kernel.model.Resource;
import dev.slipway.portal.page.ThingPage.WhyRow;
import dev.slipway.portal.reading.ApiKind;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/// The way from a thing that is not ready to the first that it waits for, as rows of a table.
final class WhyRows {
    private WhyRows() {}

    /// None for what is ready, and for what does not list its nodes.
    static List<WhyRow> of(Visit visit, Resource object) {
        return Json.list(object.status(), "nodes").isEmpty()
                ? List.of()
                : NotReady.of(object, new Found(visit)).stream()
                        .map(step -> row(visit, step))
                        .toList();
    }

    /// What the user may read of what is on the way.
    private record Found(Visit visit) implements NotReady.Finder {
        @Override
        public Optional<Resource> find(
                String apiVersion, String kind, String namespace, String name) {
            try {
                return kind(visit, apiVersion, kind)
                        .flatMap(found -> visit.client().find(found.object(namespace, name)));
            } catch (ProblemException e) {
                return Optional.empty();
            }
        }

        @Override
        public List<Resource> children(Resource owner) {
            try {
                return kind(visit, owner.apiVersion(), owner.kind()).stream()
                        .map(kind -> kind.object(owner.namespace(), owner.name()))
                        .flatMap(path -> NotReady.children(visit.client(), path).stream())
                        .toList();
            } catch (ProblemException e) {
                return List.of();
            }
        }
    }

    private static Optional<ApiKind> kind(Visit visit, String apiVersion, String kind) {
        var slash = apiVersion.indexOf('/');
        return visit.index().of(slash < 0 ? "" : apiVersion.substring(0, slash), kind);
    }

    private static WhyRow row(Visit visit, NotReady.Step step) {
        var href =
                kind(visit, step.apiVersion(), step.kind())
                        .map(kind -> kind.page(step.namespace(), step.name()))
                        .orElse("");
        return new WhyRow(
                step.kind(),
                new Value.Text(step.name(), href, false),
                step.state(),
                time(step.since()),
                step.message());
    }

    private static Optional<Instant> time(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
