package dev.slipway.cli;

import dev.slipway.client.NotReady;
import dev.slipway.kernel.model.ProblemException;
import dev.slipway.kernel.model.Resource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// `slipway why KIND NAME --not-ready`: the way from an object to the first thing that it waits for.
///
/// Exits with 0 where the object is ready, and with 1 where it is not.
final class WhyNotReady {
    private WhyNotReady() {}

    static int run(Session session) {
        var object = PastObject.one(session);
        var live = session.api().get(object.path());
        var steps = NotReady.of(live, new Found(session));
        if (session.arguments().output("json").equals("json")) {
            session.print("json", tree(steps));
        } else {
            print(session, object, steps);
        }
        return steps.isEmpty() ? Cli.DONE : Cli.FAILED;
    }

    /// What the server tells; what it does not is complained of, and passed over.
    private record Found(Session session) implements NotReady.Finder {
        @Override
        public Optional<Resource> find(
                String apiVersion, String kind, String namespace, String name) {
            return asked(
                    () ->
                            session.kinds()
                                    .known(apiVersion, kind)
                                    .flatMap(one -> session.api().find(one.path(namespace, name))),
                    Optional.empty());
        }

        @Override
        public List<Resource> children(Resource owner) {
            return asked(
                    () ->
                            session.kinds().known(owner.apiVersion(), owner.kind()).stream()
                                    .map(one -> one.path(owner.namespace(), owner.name()))
                                    .flatMap(
                                            path -> NotReady.children(session.api(), path).stream())
                                    .toList(),
                    List.of());
        }

        private <T> T asked(Supplier<T> question, T otherwise) {
            try {
                return question.get();
            } catch (ProblemException e) {
                session.complain(Outcome.line(e.problem()));
                return otherwise;
            }
        }
    }

    private static void print(Session session, PastObject object, List<NotReady.Step> steps) {
        if (steps.isEmpty()) {
            session.out().println(object.shown() + " says of nothing that it waits for it");
        }
        for (int i = 0; i < steps.size(); i++) {
            var step = steps.get(i);
            session.out().println((i == 0 ? "" : "<- ") + title(step));
            session.out().println("     " + step.message());
        }
    }

    private static String title(NotReady.Step step) {
        return "%s %s%s  %s%s"
                .formatted(
                        step.kind(),
                        step.namespace().isEmpty() ? "" : step.namespace() + "/",
                        step.name(),
                        step.state(),
                        step.since().isEmpty() ? "" : " since " + step.since());
    }

    private static Map<String, Object> tree(List<NotReady.Step> steps) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("ready", steps.isEmpty());
        tree.put("steps", steps.stream().map(WhyNotReady::tree).toList());
        return tree;
    }

    private static Map<String, Object> tree(NotReady.Step step) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("apiVersion", step.apiVersion());
        tree.put("kind", step.kind());
        tree.put("namespace", step.namespace());
        tree.put("name", step.name());
        tree.put("state", step.state());
        tree.put("since", step.since());
        tree.put("message", step.message());
        return tree;
    }
}
