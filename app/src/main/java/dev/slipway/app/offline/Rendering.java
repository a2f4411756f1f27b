package dev.slipway.app.offline;

import dev.slipway.app.offline.SourceFile.Document;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.ProblemException;
import dev.slipway.kernel.model.Resource;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What graphs make of the instances in some files, without a server.
///
/// A document with a status says how a resource is: one of those that are made, or one of others that a graph reads.
public final class Rendering {
    /// How often statuses are laid on what was made since.
    private static final int MAX_ROUNDS = 1_000;

    private static final List<String> OWN =
            List.of("kro.run/", "internal.kro.run/", "applyset.kubernetes.io/", "slipway.dev/");

    /// What is worked by whatever its status says, because others need it.
    private static final List<String> BRINGING_KINDS =
            List.of("CustomResourceDefinition", "ResourceGraphDefinition", "ResourceGraph");

    /// Who makes the resources of instances.
    private static final String MANAGER = "slipway-graph";

    private Rendering() {}

    /// One resource that a graph makes.
    ///
    /// @param title whose it is: `node web of Website default/shop`
    public record Made(String title, Resource object) {}

    /// Everything that is made, and what is not.
    ///
    /// @param waiting what waits for something that these files do not say, a sentence each
    /// @param errors what cannot be made, a sentence each
    public record Report(List<Made> made, List<String> waiting, List<String> errors) {
        public Report {
            made = List.copyOf(made);
            waiting = List.copyOf(waiting);
            errors = List.copyOf(errors);
        }
    }

    public static Report of(SourceFiles files, List<String> names, Clock clock) {
        var read = files.of(names);
        var errors = new ArrayList<String>();
        read.forEach(file -> file.findings().forEach(one -> errors.add(one.line())));
        var documents = read.stream().flatMap(file -> file.documents().stream()).toList();
        try (var bench = new Workbench(clock)) {
            bench.makeNamespaces(documents);
            place(documents, bench, errors);
            return report(documents, bench, errors);
        }
    }

    // ---- what the files say

    private static void place(List<Document> documents, Workbench bench, List<String> errors) {
        var stated = new ArrayList<>(documents.stream().filter(Rendering::isStated).toList());
        var others = documents.stream().filter(one -> !isStated(one)).toList();
        apply(others, bench, errors);
        for (int round = 0; round < MAX_ROUNDS && !stated.isEmpty(); round++) {
            if (!laid(stated, bench, errors)) {
                var next = stated.removeFirst();
                apply(List.of(next), bench, errors);
                say(next, bench, errors);
            }
            bench.settle();
        }
    }

    private static boolean isStated(Document document) {
        return !document.object().status().isEmpty()
                && !BRINGING_KINDS.contains(document.object().kind());
    }

    /// Lays statuses on what is there; whether there was any.
    private static boolean laid(List<Document> stated, Workbench bench, List<String> errors) {
        var there = stated.stream().filter(one -> bench.find(one.object()).isPresent()).toList();
        there.forEach(one -> say(one, bench, errors));
        stated.removeAll(there);
        return !there.isEmpty();
    }

    private static void apply(List<Document> documents, Workbench bench, List<String> errors) {
        var refused = bench.apply(documents).refused();
        refused.forEach((place, problem) -> errors.add(line(documents.get(place), problem)));
    }

    private static void say(Document document, Workbench bench, List<String> errors) {
        try {
            bench.say(document.object());
        } catch (ProblemException e) {
            errors.add(line(document, e.problem()));
        }
    }

    private static String line(Document document, Problem problem) {
        var place = document.at("kind");
        return "%s:%d: %s".formatted(document.file(), place.line(), problem.message());
    }

    // ---- what came of them

    private static Report report(List<Document> documents, Workbench bench, List<String> errors) {
        var waiting = new ArrayList<String>();
        var made = new ArrayList<Made>();
        var given = new HashSet<String>();
        documents.stream()
                .filter(one -> !isStated(one))
                .forEach(one -> given.add(id(one.object())));
        for (var object : bench.all()) {
            node(object, given).ifPresent(title -> made.add(new Made(title, plain(object))));
            tell(object, waiting, errors);
        }
        if (!bench.isSettled()) {
            errors.add("it was not worked out to its end: it took too long");
        }
        return new Report(made, waiting, errors);
    }

    private static String id(Resource object) {
        var namespace = object.namespace().isEmpty() ? Workbench.NAMESPACE : object.namespace();
        return "%s/%s %s/%s".formatted(object.group(), object.kind(), namespace, object.name());
    }

    /// Which node of which instance an object is made for; empty for all others.
    private static Optional<String> node(Resource object, Set<String> given) {
        return object.label("kro.run/node-id")
                .filter(_ -> !given.contains(id(object)))
                .map(node ->
                        "node %s of %s %s%s"
                                .formatted(
                                        node,
                                        object.label("kro.run/instance-kind").orElse(""),
                                        object.label("kro.run/instance-namespace")
                                                .map(namespace -> namespace + "/")
                                                .orElse(""),
                                        object.label("kro.run/instance-name").orElse("")));
    }

    private static void tell(Resource instance, List<String> waiting, List<String> errors) {
        for (var entry : Json.list(instance.status(), "nodes")) {
            var node = Json.cast((Map<?, ?>) entry);
            var line =
                    "%s %s, node %s: %s"
                            .formatted(
                                    instance.kind(),
                                    instance.name(),
                                    Json.string(node, "id"),
                                    Json.string(node, "message"));
            switch (Json.string(node, "state")) {
                case "ERROR" -> errors.add(line);
                case "IN_PROGRESS", "WAITING_FOR_READINESS", "DELETING" -> waiting.add(line);
                default -> {}
            }
        }
    }

    /// As its template says it, without what the platform adds.
    private static Resource plain(Resource object) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("apiVersion", object.apiVersion());
        tree.put("kind", object.kind());
        var applied = AppliedFields.of(object, MANAGER).orElseGet(object::tree);
        var metadata = new LinkedHashMap<String, Object>();
        metadata.put("name", object.name());
        if (!object.namespace().isEmpty()) {
            metadata.put("namespace", object.namespace());
        }
        Json.object(applied, "metadata").forEach(metadata::putIfAbsent);
        metadata.remove("ownerReferences");
        without(metadata, "labels");
        without(metadata, "annotations");
        tree.put("metadata", metadata);
        applied.forEach(tree::putIfAbsent);
        return new Resource(tree);
    }

    private static void without(Map<String, Object> metadata, String field) {
        var kept = new LinkedHashMap<>(Json.object(metadata, field));
        kept.keySet().removeIf(key -> OWN.stream().anyMatch(key::startsWith));
        kept.remove("app.kubernetes.io/managed-by", "kro");
        if (kept.isEmpty()) {
            metadata.remove(field);
        } else {
            metadata.put(field, kept);
        }
    }
}
