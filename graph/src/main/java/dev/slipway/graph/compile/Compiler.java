package dev.slipway.graph.compile;

import dev.slipway.expression.Environment;
import dev.slipway.expression.Type;
import dev.slipway.graph.findings.Findings;
import dev.slipway.graph.simpleschema.SimpleSchema;
import dev.slipway.kernel.kind.Kinds;
import dev.slipway.kernel.kind.Kinds.Served;
import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.schema.Schema;
import dev.slipway.kernel.schema.SchemaReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One compilation of a definition against the kinds that are served; used once, by one thread.
///
/// Goes on after an error with the most lenient assumption, so that all errors are told at once.
public final class Compiler {
    /// How many resources a graph may have.
    public static final int MAX_NODES = 500;

    private static final Set<String> NODE_FIELDS =
            Set.of("id", "template", "includeWhen", "readyWhen");

    private final Definition definition;
    private final Kinds kinds;
    private final Findings findings = new Findings();
    private final Types types = new Types();
    private final Map<String, Served> served = new HashMap<>();

    private Compiler(Definition definition, Kinds kinds) {
        this.definition = definition;
        this.kinds = kinds;
    }

    public static Compiled compile(Definition definition, Kinds kinds) {
        return new Compiler(definition, kinds).compile();
    }

    private Compiled compile() {
        checkSchema();
        var spec =
                new SimpleSchema(
                                Json.object(definition.schema(), "types"),
                                "spec.schema.types",
                                findings)
                        .read(Json.object(definition.schema(), "spec"), "spec.schema.spec");
        var sources = sources();
        Naming.check(sources, findings);
        sources.forEach(this::checkFields);
        sources.forEach(this::resolve);
        var expressions =
                new ExpressionCheck(environment(sources, SchemaReader.read(spec)), findings);
        var nodes = nodes(completed(sources), expressions);
        var status =
                new StatusCompiler(expressions, findings)
                        .compile(Json.object(definition.schema(), "status"));
        return findings.hasErrors()
                ? new Compiled.Rejected(findings.errors(), findings.completions())
                : new Compiled.Accepted(graph(spec, status, nodes));
    }

    private Graph graph(Map<String, Object> spec, StatusCompiler.Status status, List<Node> nodes) {
        var instance = GeneratedCrd.instance(spec, status.properties());
        return new Graph(
                definition,
                SchemaReader.read(instance),
                GeneratedCrd.of(definition, instance),
                nodes,
                status.part(),
                findings.completions());
    }

    private void checkSchema() {
        var written = Json.string(definition.schema(), "group");
        var other = definition.groupOfApiVersion(written);
        if (!written.isEmpty() && !other.equals(written)) {
            findings.invalid(
                    "spec.schema.apiVersion",
                    definition.writtenApiVersion(),
                    "its group is not the group \"%s\" of spec.schema.group".formatted(written));
        }
    }

    /// What came of one node on its own.
    private record Body(
            Part.Fields template,
            List<Part.Computed> includeWhen,
            List<Part.Computed> readyWhen,
            Set<String> reads) {}

    private List<Node> nodes(List<NodeSource> sources, ExpressionCheck expressions) {
        var bodies = new LinkedHashMap<String, Body>();
        for (var node : sources) {
            bodies.put(node.id(), body(node, expressions));
            checkScope(node);
        }
        var reads = new LinkedHashMap<String, Set<String>>();
        bodies.forEach((id, body) -> reads.put(id, body.reads()));
        var ordering = Ordering.of(reads);
        ordering.cycles().forEach(cycle -> tellCycle(cycle, sources));
        return findings.hasErrors() ? List.of() : nodes(ordering, bodies);
    }

    private Body body(NodeSource node, ExpressionCheck expressions) {
        var template = new TemplateCompiler(node, expressions, types, findings);
        var when = new WhenCompiler(node, expressions, findings);
        var compiled = template.compile(schema(node));
        var include = when.include();
        var reads = new LinkedHashSet<>(template.reads());
        reads.addAll(when.reads());
        return new Body(compiled, include, when.ready(), reads);
    }

    private List<NodeSource> sources() {
        var resources = Json.list(definition.resource().spec(), "resources");
        if (resources.size() > MAX_NODES) {
            findings.error(
                    new FieldCause(
                            "FieldValueTooMany",
                            "spec.resources",
                            "Too many: %d: must have at most %d items"
                                    .formatted(resources.size(), MAX_NODES)));
        }
        var sources = new ArrayList<NodeSource>();
        for (var entry : resources.stream().limit(MAX_NODES).toList()) {
            var map = entry instanceof Map<?, ?> m ? Json.cast(m) : Map.<String, Object>of();
            sources.add(NodeSource.of(sources.size(), map));
        }
        return sources;
    }

    private void checkFields(NodeSource node) {
        var entry = node.written();
        entry.keySet().stream()
                .filter(field -> !NODE_FIELDS.contains(field))
                .forEach(field ->
                        findings.error(
                                FieldCause.forbidden(
                                        node.path() + "." + field,
                                        field + " is not supported yet")));
        if (!entry.containsKey("template") && !entry.containsKey("externalRef")) {
            findings.error(FieldCause.required(node.templatePath(), "the resource to make"));
        }
    }

    /// Finds the kind of a node among those that are served.
    private void resolve(NodeSource node) {
        if (node.template().isEmpty()) {
            return;
        }
        var apiVersionIsLiteral = literal(node, "apiVersion");
        if (literal(node, "kind") && apiVersionIsLiteral) {
            var apiVersion = Json.string(node.template(), "apiVersion");
            var kind = Json.string(node.template(), "kind");
            kinds.byKind(apiVersion, kind)
                    .ifPresentOrElse(
                            found -> served.put(node.id(), found),
                            () -> tellUnknown(node, apiVersion, kind));
        }
    }

    private boolean literal(NodeSource node, String field) {
        var path = node.templatePath() + "." + field;
        var text = Json.string(node.template(), field);
        if (text.isEmpty()) {
            findings.error(FieldCause.required(path, "the %s of the resource".formatted(field)));
        } else if (text.contains("${")) {
            findings.invalid(path, text, "must be literal, without expressions");
        }
        return !text.isEmpty() && !text.contains("${");
    }

    private void tellUnknown(NodeSource node, String apiVersion, String kind) {
        var group = apiVersion.contains("/") ? apiVersion.replaceFirst("/.*", "") : "";
        var hint =
                kinds.byGroupKind(group, kind)
                        .map(other ->
                                "it is served as "
                                        + String.join(
                                                ", ",
                                                other.versions().stream()
                                                        .map(other::apiVersion)
                                                        .toList()))
                        .orElse(
                                "create its CustomResourceDefinition, or the graph that defines it, first");
        findings.error(
                new FieldCause(
                        "FieldValueNotFound",
                        node.templatePath() + ".kind",
                        "Not found: \"%s\": there is no kind %s in %s; %s"
                                .formatted(kind, kind, apiVersion, hint)));
    }

    private List<NodeSource> completed(List<NodeSource> sources) {
        var completions = new Completions(definition, findings);
        var counts = new HashMap<String, Integer>();
        sources.forEach(node -> counts.merge(groupKind(node), 1, Integer::sum));
        return sources.stream()
                .filter(node -> !node.template().isEmpty())
                .map(node ->
                        completions.complete(node, counts.getOrDefault(groupKind(node), 0) > 1))
                .toList();
    }

    private static String groupKind(NodeSource node) {
        var apiVersion = Json.string(node.template(), "apiVersion");
        var group = apiVersion.contains("/") ? apiVersion.replaceFirst("/.*", "") : "";
        return group + " " + Json.string(node.template(), "kind");
    }

    private Environment environment(List<NodeSource> nodes, Schema spec) {
        var environment = Environment.builder();
        for (var node : nodes) {
            environment.variable(
                    node.id(),
                    Optional.ofNullable(served.get(node.id()))
                            .<Type>map(found ->
                                    types.object(found.version().schema(), found.names().kind()))
                            .orElse(Type.DYNAMIC));
        }
        return environment
                .variable("schema", types.instance(spec, definition.namespaced()))
                .build();
    }

    private Schema schema(NodeSource node) {
        var found = served.get(node.id());
        return found == null ? Schema.ANY : found.version().schema();
    }

    private void checkScope(NodeSource node) {
        var found = served.get(node.id());
        var path = node.templatePath() + ".metadata.namespace";
        var namespace = Json.at(node.template(), "metadata", "namespace");
        if (found == null) {
            return;
        }
        if (!found.kind().namespaced() && namespace != null) {
            findings.error(
                    FieldCause.forbidden(
                            path,
                            found.names().kind() + " is cluster-scoped: it has no namespace"));
        }
        if (found.kind().namespaced() && !definition.namespaced() && !isText(namespace)) {
            findings.error(
                    FieldCause.required(
                            path,
                            "instances of %s are cluster-scoped, so that there is no namespace to take over"
                                    .formatted(definition.kind())));
        }
    }

    private static boolean isText(@Nullable Object value) {
        return value instanceof String text && !text.isEmpty();
    }

    private void tellCycle(List<String> cycle, List<NodeSource> nodes) {
        var first =
                nodes.stream()
                        .filter(node -> node.id().equals(cycle.getFirst()))
                        .map(NodeSource::templatePath)
                        .findFirst()
                        .orElse("spec.resources");
        findings.error(
                new FieldCause(
                        "FieldValueInvalid",
                        first,
                        "Invalid value: \"%s\": the graph contains a cycle: %s"
                                .formatted(cycle.getFirst(), String.join(" -> ", cycle))));
    }

    private List<Node> nodes(Ordering ordering, Map<String, Body> bodies) {
        var nodes = new ArrayList<Node>();
        for (var id : ordering.order()) {
            var found = served.get(id);
            var body = bodies.get(id);
            var wave = ordering.waves().get(id);
            if (found == null || body == null || wave == null) {
                throw new IllegalStateException("a node that was not compiled: " + id);
            }
            nodes.add(
                    new Node(
                            id,
                            found.apiVersion(),
                            found.names().kind(),
                            found.kind().key(),
                            found.kind().namespaced(),
                            body.template(),
                            body.includeWhen(),
                            body.readyWhen(),
                            bodies.keySet().stream().filter(body.reads()::contains).toList(),
                            wave));
        }
        return nodes;
    }
}
