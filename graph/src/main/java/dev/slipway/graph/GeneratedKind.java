package dev.slipway.graph;

import dev.slipway.graph.compile.Definition;
import dev.slipway.graph.compile.DefinitionIndex;
import dev.slipway.graph.compile.Graph;
import dev.slipway.graph.compile.Labels;
import dev.slipway.kernel.admission.Admission;
import dev.slipway.kernel.kind.CrdRules;
import dev.slipway.kernel.kind.Doors;
import dev.slipway.kernel.kind.Kind;
import dev.slipway.kernel.kind.Names;
import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.store.StoredObject;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The kind that a definition asks for, held against the kinds that exist and the rules of custom kinds.
///
/// What is found is told at the fields of the definition, whose author never sees the generated one.
final class GeneratedKind {
    private static final String KIND = "spec.schema.kind";

    /// Where a field of the generated kind comes from, by how its path begins; the first that fits counts.
    private static final Map<String, String> SOURCES = new LinkedHashMap<>();

    static {
        SOURCES.put("spec.group", "spec.schema.group");
        SOURCES.put("spec.names.shortNames", "spec.schema.shortNames");
        SOURCES.put("spec.names.categories", "spec.schema.categories");
        SOURCES.put("spec.names", KIND);
        SOURCES.put("metadata.name", KIND);
        SOURCES.put("metadata", "spec.schema.metadata");
        SOURCES.put("spec.scope", "spec.schema.scope");
        SOURCES.put("spec.versions[0].name", "spec.schema.apiVersion");
        SOURCES.put("spec.version", "spec.schema.apiVersion");
        SOURCES.put("spec.additionalPrinterColumns", "spec.schema.additionalPrinterColumns");
        SOURCES.put("spec.validation.openAPIV3Schema.properties[spec]", "spec.schema.spec");
        SOURCES.put("spec.validation.openAPIV3Schema.properties[status]", "spec.schema.status");
    }

    private GeneratedKind() {}

    /// Why the kind cannot be served, each field once.
    static List<FieldCause> objections(Graph graph, Admission admission) {
        var causes = new LinkedHashMap<String, FieldCause>();
        Stream.of(
                        claims(graph.definition(), admission).stream(),
                        CrdRules.check(new Resource(graph.crd())).stream()
                                .map(GeneratedKind::translated))
                .flatMap(one -> one)
                .forEach(cause -> causes.putIfAbsent(cause.field(), cause));
        return List.copyOf(causes.values());
    }

    /// Whom the kind belongs to already.
    static List<FieldCause> claims(Definition definition, Admission admission) {
        return Stream.of(
                        builtIn(definition, admission),
                        foreign(definition, admission),
                        likeNamed(definition, admission),
                        rival(definition, admission))
                .flatMap(Optional::stream)
                .limit(1)
                .toList();
    }

    private static Optional<FieldCause> builtIn(Definition definition, Admission admission) {
        var wanted = definition.instances();
        if (Doors.has(wanted.group(), wanted.plural(), definition.kind())) {
            return Optional.of(
                    taken(
                            definition,
                            "%s is a kind of the platform itself"
                                    .formatted(wanted.groupResource())));
        }
        return admission.kinds().all().stream()
                .filter(kind -> !kind.rules().equals(Kind.Rules.CUSTOM))
                .filter(kind -> isClaimed(kind, definition))
                .findFirst()
                .map(kind ->
                        taken(
                                definition,
                                "%s is a kind of the platform itself"
                                        .formatted(kind.key().groupResource())));
    }

    private static boolean isClaimed(Kind kind, Definition definition) {
        return kind.group().equals(definition.group())
                && Stream.concat(Stream.of(kind.names()), kind.aliases().stream())
                        .anyMatch(names -> isClaimed(names, definition));
    }

    private static boolean isClaimed(Names names, Definition definition) {
        return names.kind().equals(definition.kind())
                || names.plural().equals(definition.instances().plural());
    }

    private static Optional<FieldCause> foreign(Definition definition, Admission admission) {
        return admission
                .state()
                .get(DefinitionIndex.crd(definition.instances()))
                .map(StoredObject::resource)
                .filter(crd -> !Labels.isOf(crd, definition.name()))
                .map(crd -> taken(definition, owner(crd)));
    }

    /// Another custom kind of the group whose name, or that of its lists, is the name of this kind or of its lists.
    private static Optional<FieldCause> likeNamed(Definition definition, Admission admission) {
        var wanted = Names.of(definition.instances().plural(), definition.kind());
        return admission.kinds().all().stream()
                .filter(kind -> kind.rules().equals(Kind.Rules.CUSTOM))
                .filter(kind -> kind.group().equals(definition.group()))
                .filter(kind -> !kind.key().equals(definition.instances()))
                .filter(kind -> !Collections.disjoint(inObjects(kind.names()), inObjects(wanted)))
                .findFirst()
                .map(kind ->
                        taken(
                                definition,
                                "%s has objects of the kinds %s"
                                        .formatted(
                                                kind.key().groupResource(),
                                                String.join(" and ", inObjects(kind.names())))));
    }

    private static List<String> inObjects(Names names) {
        return List.of(names.kind(), names.listKind());
    }

    /// Another definition that wants the same kind, though nothing is served by it yet; what is about to go wants nothing.
    private static Optional<FieldCause> rival(Definition definition, Admission admission) {
        return admission.state().list(Definition.KIND).stream()
                .filter(one -> !one.key().name().equals(definition.name()))
                .map(StoredObject::resource)
                .filter(one -> !one.terminating())
                .map(Definition::new)
                .filter(one -> one.group().equals(definition.group()))
                .filter(one ->
                        one.kind().equals(definition.kind())
                                || one.instances().equals(definition.instances()))
                .findFirst()
                .map(one ->
                        taken(
                                definition,
                                "the definition %s wants the kind %s of %s"
                                        .formatted(one.name(), one.kind(), one.group())));
    }

    private static String owner(Resource crd) {
        return Labels.isOfSomeDefinition(crd)
                ? "%s is owned by the definition %s".formatted(crd.name(), Labels.definitionOf(crd))
                : "the CustomResourceDefinition %s exists and is not owned by a graph"
                        .formatted(crd.name());
    }

    private static FieldCause taken(Definition definition, String why) {
        return FieldCause.invalid(
                KIND,
                definition.kind(),
                "the kind exists already: %s; choose another".formatted(why));
    }

    private static FieldCause translated(FieldCause cause) {
        return SOURCES.entrySet().stream()
                .filter(source -> cause.field().startsWith(source.getKey()))
                .findFirst()
                .map(source ->
                        source.getValue().equals(KIND)
                                ? KIND
                                : source.getValue()
                                        + readable(
                                                cause.field().substring(source.getKey().length())))
                .map(field -> new FieldCause(cause.reason(), field, cause.message()))
                .orElseGet(() -> new FieldCause(cause.reason(), "spec.schema", cause.toString()));
    }

    /// `.port.pattern` for `.properties[port].pattern`, as authors write it.
    private static String readable(String path) {
        return path.replaceAll("\\.properties\\[([^\\]]*)]", ".$1");
    }
}
