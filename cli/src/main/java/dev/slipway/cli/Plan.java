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
                    "-f FILE|DIR|- [-R] [-n NAMESPACE] [--delete] [--force-conflicts] [-o json]",
                    "show what files would bring about, without doing it; exit code 0 would be accepted, 1 something would be refused or would break, 2 wrong usage",
                    List.of(
                            Option.FILE,
                            Option.RECURSIVE,
                            Option.NAMESPACE,
                            Option.DELETE,
                            Option.FORCE),
                    Plan::run);

    private static final String PATH = "/apis/slipway.dev/v1alpha1/plans?fieldValidation=Strict";

    private Plan() {}

    private static int run(Session session) {
        var json = session.arguments().output("json").equals("json");
        var places = new ArrayList<String>();
        var objects = new ArrayList<Resource>();
        var unreadable = 0;
        for (var document : Apply.documents(session)) {
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

    private static Map<String, Object> question(Session session, List<Resource> objects) {
        var deletes = session.arguments().has(Option.DELETE);
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("namespace", session.namespace());
        spec.put("force", session.arguments().has(Option.FORCE));
        spec.put(
                deletes ? "deletions" : "objects",
                objects.stream()
                        .map(one -> deletes ? named(one, session.namespace()) : one.tree())
                        .toList());
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("apiVersion", "slipway.dev/v1alpha1");
        tree.put("kind", "Plan");
        tree.put("spec", spec);
        return Json.copy(tree);
    }

    private static Map<String, Object> named(Resource object, String namespace) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("apiVersion", object.apiVersion());
        tree.put("kind", object.kind());
        tree.put("namespace", object.namespace().isEmpty() ? namespace : object.namespace());
        tree.put("name", object.name());
        return tree;
    }
}
