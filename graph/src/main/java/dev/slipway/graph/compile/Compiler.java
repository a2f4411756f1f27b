package dev.slipway.graph.compile;

import dev.slipway.expression.Environment;
import dev.slipway.expression.Template;
import dev.slipway.expression.Type;
import dev.slipway.graph.findings.Findings;
import dev.slipway.graph.findings.NearKinds;
import dev.slipway.graph.findings.Suggestion;
import dev.slipway.graph.simpleschema.SimpleSchema;
import dev.slipway.kernel.kind.Kind;
import dev.slipway.kernel.kind.Kinds;
import dev.slipway.kernel.kind.Kinds.Served;
import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.schema.Schema;
import dev.slipway.kernel.schema.SchemaReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One compilation of a definition against the kinds that are served; used once, by one thread.
///
/// Goes on after an error with the most lenient assumption, so that all errors are told at once.
public final class Compiler {
    /// How many resources a graph may have.
    public static final int MAX_NODES = 500;

    private static final Set<String> NODE_FIELDS =
            Set.of(
                    "id",
                    "template",
                    "patch",
                    "externalRef",
                    "forEach",
                    "includeWhen",
                    "readyWhen",
                    "dependsOn",
                    "adoption",
                    "deletion");

    private final Definition definition;
    private final Kinds kinds;
    private final Findings findings = new Findings();
    private final Types types = new Types();
    private final Map<String, Served> served = new HashMap<>();
    private final Set<FieldCause> awaited = new HashSet<>();
    private final Map<String, Type> typed = new HashMap<>();

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
                ? new Compiled.Rejected(
                        findings.errors(),
                        findings.completions(),
                        awaited.containsAll(findings.errors()))
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
                status.conditions(),
                Propagation.of(definition),
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
            Role role,
            Part.Fields template,
            List<Part.Computed> includeWhen,
            List<Part.Computed> readyWhen,
            Set<String> reads,
            Set<String> follows,
            Policy policy) {
        /// What comes first.
        Set<String> dependencies() {
            var all = new LinkedHashSet<>(reads);
            all.addAll(follows);
            return all;
        }
    }

    private List<Node> nodes(List<NodeSource> sources, ExpressionCheck expressions) {
        var bodies = new LinkedHashMap<String, Body>();
        var ids = sources.stream().map(NodeSource::id).collect(Collectors.toSet());
        for (var node : sources) {
            var body = body(node, expressions);
            bodies.put(node.id(), body);
            checkDependsOn(node, ids);
            checkScope(node);
            checkNamespace(node, body);
        }
        var reads = new LinkedHashMap<String, Set<String>>();
        bodies.forEach((id, body) -> reads.put(id, body.dependencies()));
        var ordering = Ordering.of(reads);
        ordering.cycles().forEach(cycle -> tellCycle(cycle, sources));
        return findings.hasErrors() ? List.of() : nodes(ordering, bodies);
    }

    private Body body(NodeSource node, ExpressionCheck expressions) {
        var loops = new ForEachCompiler(node, expressions, findings);
        var role = role(node, loops.compile());
        var template =
                new TemplateCompiler(
                        node,
                        expressions.with(loops.iterators()),
                        loops.iterators().keySet(),
                        types,
                        findings);
        var when = new WhenCompiler(node, expressions, findings);
        var compiled = template.compile(node.isReference() ? Reference.SCHEMA : schema(node));
        var include = when.include();
        var ready = when.ready(node.isList() ? Optional.of(type(node)) : Optional.empty());
        var reads = new LinkedHashSet<>(loops.reads());
        reads.addAll(template.reads());
        reads.addAll(when.reads());
        checkName(node);
        checkIdentity(node, loops.iterators().keySet(), compiled);
        var follows = node.dependsOn().stream().map(String::valueOf).collect(Collectors.toSet());
        follows.removeAll(reads);
        return new Body(role, compiled, include, ready, reads, follows, Policy.of(node, findings));
    }

    private void checkDependsOn(NodeSource node, Set<String> ids) {
        for (int i = 0; i < node.dependsOn().size(); i++) {
            var id = String.valueOf(node.dependsOn().get(i));
            var path = node.path() + ".dependsOn[" + i + "]";
            if (id.equals(node.id())) {
                findings.invalid(path, id, "%s cannot depend on itself".formatted(id));
            } else if (!ids.contains(id)) {
                findings.invalid(
                        path,
                        id,
                        "there is no resource with this id"
                                + Suggestion.of(id, new TreeSet<>(ids)));
            }
        }
    }

    private static Role role(NodeSource node, List<Role.Iteration> iterations) {
        if (node.isSelection()) {
            return new Role.Selected();
        }
        if (node.isReference()) {
            return new Role.Named();
        }
        return node.isList() ? new Role.Each(iterations) : new Role.One();
    }

    private void checkName(NodeSource node) {
        if (!node.isReference() && "".equals(Json.at(node.body(), "metadata", "name"))) {
            findings.invalid(
                    node.bodyPath() + ".metadata.name", "", "the name of the resource is empty");
        }
    }

    /// Without every iterator in its name or namespace, items would be one and the same resource; what an expression
    /// that is wrong would read is not known.
    private void checkIdentity(NodeSource node, Set<String> iterators, Part.Fields template) {
        if (!(template.parts().get("metadata") instanceof Part.Fields metadata)) {
            return;
        }
        var named = new LinkedHashSet<String>();
        for (var field : List.of("name", "namespace")) {
            switch (metadata.parts().get(field)) {
                case Part.Computed computed -> named.addAll(computed.expression().roots());
                case Part.Constant(String text)
                        when !(Template.parse(text) instanceof Template.Literal) -> {
                    return;
                }
                case null, default -> {}
            }
        }
        iterators.stream()
                .filter(iterator -> !named.contains(iterator))
                .forEach(iterator ->
                        findings.invalid(
                                node.bodyPath() + ".metadata.name",
                                Json.at(node.body(), "metadata", "name") instanceof String name
                                        ? name
                                        : "",
                                "name or namespace must read every iterator of forEach, and neither reads %s: its items would be one resource"
                                        .formatted(iterator)));
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
                                        "a resource has no field of this name"
                                                + Suggestion.of(field, NODE_FIELDS))));
        if (!node.hasBody()) {
            findings.error(
                    FieldCause.required(
                            node.bodyPath(),
                            "the resource to make; or externalRef: a resource of others to read, or"
                                    + " patch: fields of one"));
        }
        if (node.isAmbiguous()) {
            findings.error(
                    FieldCause.forbidden(
                            node.path() + ".externalRef",
                            "a resource is either made (template), found (externalRef), or one of"
                                    + " others that is given fields (patch)"));
        }
        if (node.isReference()) {
            Reference.check(node, findings);
        }
        if (node.isPatch() && Json.at(node.body(), "metadata", "name") == null) {
            findings.error(
                    FieldCause.required(
                            node.bodyPath() + ".metadata.name",
                            "the resource of others that is given the fields"));
        }
    }

    /// Finds the kind of a node among those that are served.
    private void resolve(NodeSource node) {
        if (node.body().isEmpty()) {
            return;
        }
        var apiVersionIsLiteral = literal(node, "apiVersion");
        if (literal(node, "kind") && apiVersionIsLiteral) {
            var apiVersion = Json.string(node.body(), "apiVersion");
            var kind = Json.string(node.body(), "kind");
            checkOwnKind(node, kind);
            kinds.byKind(apiVersion, kind)
                    .ifPresentOrElse(
                            found -> served.put(node.id(), found),
                            () -> tellUnknown(node, apiVersion, kind));
        }
    }

    /// An instance of the graph's own kind makes another one in turn.
    private void checkOwnKind(NodeSource node, String kind) {
        var isOwn =
                kind.equals(definition.kind())
                        && new Resource(node.body()).group().equals(definition.group());
        if (isOwn
                && !node.isReference()
                && !node.isPatch()
                && node.includeWhen().isEmpty()
                && node.forEach().isEmpty()) {
            findings.invalid(
                    node.bodyPath() + ".kind",
                    kind,
                    "the graph defines this kind itself: each instance would make another one without end; say in includeWhen when it does not");
        }
    }

    private boolean literal(NodeSource node, String field) {
        var path = node.bodyPath() + "." + field;
        var text = Json.string(node.body(), field);
        if (text.isEmpty()) {
            findings.error(FieldCause.required(path, "the %s of the resource".formatted(field)));
        } else if (text.contains("${")) {
            findings.invalid(path, text, "must be literal, without expressions");
        }
        return !text.isEmpty() && !text.contains("${");
    }

    private void tellUnknown(NodeSource node, String apiVersion, String kind) {
        var group = apiVersion.contains("/") ? apiVersion.replaceFirst("/.*", "") : "";
        var comes = kinds.all().stream().noneMatch(one -> isBuiltIn(one, group));
        var hint =
                kinds.byGroupKind(group, kind)
                        .map(other ->
                                "; it is served as "
                                        + String.join(
                                                ", ",
                                                other.versions().stream()
                                                        .map(other::apiVersion)
                                                        .toList()))
                        .orElseGet(() ->
                                (comes
                                                ? "; create its CustomResourceDefinition, or the graph that defines it"
                                                : "")
                                        + NearKinds.of(apiVersion, kind, kinds));
        var cause =
                new FieldCause(
                        "FieldValueNotFound",
                        node.bodyPath() + ".kind",
                        "Not found: \"%s\": there is no kind %s in %s%s"
                                .formatted(kind, kind, apiVersion, hint));
        findings.error(cause);
        if (comes) {
            awaited.add(cause);
        }
    }

    /// No kind will be added to a group of the platform itself, but to the one that graphs define theirs in.
    private static boolean isBuiltIn(Kind kind, String group) {
        return kind.group().equals(group)
                && !group.equals(Definition.DEFAULT_GROUP)
                && !kind.rules().equals(Kind.Rules.CUSTOM);
    }

    private List<NodeSource> completed(List<NodeSource> sources) {
        var completions = new Completions(definition, findings);
        var counts = new HashMap<String, Integer>();
        sources.forEach(node -> counts.merge(groupKind(node), 1, Integer::sum));
        return sources.stream()
                .filter(node -> !node.body().isEmpty())
                .map(node ->
                        node.isReference() || node.isPatch()
                                ? node
                                : completions.complete(
                                        node, counts.getOrDefault(groupKind(node), 0) > 1))
                .toList();
    }

    private static String groupKind(NodeSource node) {
        var apiVersion = Json.string(node.body(), "apiVersion");
        var group = apiVersion.contains("/") ? apiVersion.replaceFirst("/.*", "") : "";
        return group + " " + Json.string(node.body(), "kind");
    }

    private Environment environment(List<NodeSource> nodes, Schema spec) {
        var environment = Environment.builder();
        for (var node : nodes) {
            environment.variable(
                    node.id(), node.isList() ? new Type.ListOf(type(node)) : type(node));
        }
        return environment
                .variable("schema", types.instance(spec, definition.namespaced()))
                .build();
    }

    /// The type of a resource of a node.
    private Type type(NodeSource node) {
        return typed.computeIfAbsent(node.id(), _ -> typeOfKind(node));
    }

    private Type typeOfKind(NodeSource node) {
        return Optional.ofNullable(served.get(node.id()))
                .<Type>map(found -> types.object(found.version().schema(), found.names().kind()))
                .orElse(Type.DYNAMIC);
    }

    private Schema schema(NodeSource node) {
        var found = served.get(node.id());
        return found == null ? Schema.ANY : found.version().schema();
    }

    private void checkScope(NodeSource node) {
        var found = served.get(node.id());
        var path = node.bodyPath() + ".metadata.namespace";
        var namespace = Json.at(node.body(), "metadata", "namespace");
        if (found == null) {
            return;
        }
        if (!found.kind().namespaced() && namespace != null) {
            findings.error(
                    FieldCause.forbidden(
                            path,
                            found.names().kind() + " is cluster-scoped: it has no namespace"));
        }
        if (found.kind().namespaced()
                && !definition.namespaced()
                && !node.isSelection()
                && !isText(namespace)) {
            findings.error(
                    FieldCause.required(
                            path,
                            "instances of %s are cluster-scoped, so that there is no namespace to take over"
                                    .formatted(definition.kind())));
        }
    }

    /// There is nothing to fall back to where instances have no namespace.
    private void checkNamespace(NodeSource node, Body body) {
        if (!definition.namespaced()
                && body.template().parts().get("metadata") instanceof Part.Fields metadata
                && metadata.parts().get("namespace") instanceof Part.Computed namespace
                && namespace.expression().omits()) {
            findings.invalid(
                    node.bodyPath() + ".metadata.namespace",
                    namespace.expression().source(),
                    "omit() cannot leave out the namespace: instances of %s have none to take over"
                            .formatted(definition.kind()));
        }
    }

    private static boolean isText(@Nullable Object value) {
        return value instanceof String text && !text.isEmpty();
    }

    private void tellCycle(List<String> cycle, List<NodeSource> nodes) {
        var first =
                nodes.stream()
                        .filter(node -> node.id().equals(cycle.getFirst()))
                        .map(NodeSource::bodyPath)
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
                            body.role(),
                            body.template(),
                            body.includeWhen(),
                            body.readyWhen(),
                            bodies.keySet().stream().filter(body.dependencies()::contains).toList(),
                            body.follows(),
                            body.policy(),
                            wave));
        }
        return nodes;
    }
}
