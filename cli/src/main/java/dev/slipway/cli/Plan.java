package dev.slipway.cli;

import dev.slipway.client.ApiClient.Call;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `slipway plan`: what files would bring about, worked out by the server and not done.
final class Plan {
    static final Verb VERB =
            new Verb(
                    "plan",
                    "-f FILE|DIR|- [-R] [-n NAMESPACE] [--force-conflicts] [-o json] | --delete (-f FILE|DIR|- | KIND NAME…) [--cascade background|foreground|orphan]",
                    "show what files would bring about, without doing it; exit code 0 would be accepted, 1 something would be refused or would break, 2 wrong usage",
                    List.of(
                            Option.FILE,
                            Option.RECURSIVE,
                            Option.NAMESPACE,
                            Option.DELETE,
                            Option.CASCADE,
                            Option.FORCE),
                    Plan::run);

    private static final String PATH = "/apis/slipway.dev/v1alpha1/plans?fieldValidation=Strict";

    private Plan() {}

    private static int run(Session session) {
        var json = session.arguments().output("json").equals("json");
        var places = new ArrayList<String>();
        var objects = new ArrayList<Resource>();
        var unreadable = 0;
        for (var document : documents(session)) {
            switch (document) {
                case Document.Unreadable(var place, var problem) -> {
                    session.complain(place + ": " + problem);
                    unreadable++;
                }
                case Document.Parsed(var place, var object) -> {
                    places.add(place);
                    objects.add(object);
                }
            }
        }
        if (objects.isEmpty()) {
            return Cli.FAILED;
        }
        var plan = session.api().json(Call.with("POST", PATH, question(session, objects)));
        if (json) {
            session.print("json", plan);
        } else {
            new PlanText(session.out(), session::complain, places).print(plan);
        }
        return unreadable > 0 || PlanText.isBad(plan) ? Cli.FAILED : Cli.DONE;
    }

    private static List<Document> documents(Session session) {
        var arguments = session.arguments();
        return arguments.has(Option.DELETE) && !arguments.has(Option.FILE)
                ? named(session, arguments.words())
                : Apply.documents(session);
    }

    private static List<Document> named(Session session, List<String> words) {
        if (words.size() < 2) {
            throw new UsageException(
                    words.isEmpty() ? "-f is missing, or KIND and NAME" : "NAME is missing");
        }
        var kind = session.kinds().oneCalled(words.getFirst());
        return words.stream().skip(1).<Document>map(name -> document(kind, name)).toList();
    }

    private static Document document(ServedKind kind, String name) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("apiVersion", kind.apiVersion());
        tree.put("kind", kind.kind());
        tree.put("metadata", new LinkedHashMap<>(Map.of("name", name)));
        return new Document.Parsed(kind.shownAs() + "/" + name, new Resource(tree));
    }

    private static Map<String, Object> question(Session session, List<Resource> objects) {
        var deletes = session.arguments().has(Option.DELETE);
        var cascade = Cascade.of(session.arguments());
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("namespace", session.namespace());
        spec.put("force", session.arguments().has(Option.FORCE));
        spec.put(
                deletes ? "deletions" : "objects",
                objects.stream()
                        .map(one -> deletes ? named(one, session.namespace(), cascade) : one.tree())
                        .toList());
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("apiVersion", "slipway.dev/v1alpha1");
        tree.put("kind", "Plan");
        tree.put("spec", spec);
        return Json.copy(tree);
    }

    private static Map<String, Object> named(Resource object, String namespace, Cascade cascade) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("apiVersion", object.apiVersion());
        tree.put("kind", object.kind());
        tree.put("namespace", object.namespace().isEmpty() ? namespace : object.namespace());
        tree.put("name", object.name());
        tree.put("propagationPolicy", cascade.policy());
        return tree;
    }
}
