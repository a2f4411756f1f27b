package dev.slipway.apiserver.read;

import dev.slipway.kernel.kind.Kinds.Served;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.resources.Conversion;
import dev.slipway.kernel.store.StoredObject;
import dev.slipway.kernel.store.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// A condition on fields: all requirements hold.
public record FieldSelector(List<Requirement> requirements) {
    /// Everything is selected.
    public static final FieldSelector EVERYTHING = new FieldSelector(List.of());

    private static final String NAME = "metadata.name";
    private static final String NAMESPACE = "metadata.namespace";

    /// What fields of built-in kinds are that are not there: numbers and flags have a value always.
    private static final Map<String, String> ABSENT =
            Map.of(
                    "spec.hostNetwork", "false",
                    "spec.unschedulable", "false",
                    "status.replicas", "0",
                    "status.succeeded", "0");

    /// Fields that selectors know by another name.
    private static final Map<String, String> STORED =
            Map.of("status.successful", "status.succeeded", "source", "source.component");

    /// One condition on one field.
    ///
    /// @param equal whether the field must have the value, or must not
    /// @param absent the value that a field has which is not there
    public record Requirement(String path, boolean equal, String value, String absent) {
        public Requirement(String path, boolean equal, String value) {
            this(path, equal, value, "");
        }

        boolean matches(StoredObject object) {
            var field =
                    switch (path) {
                        case NAME -> object.key().name();
                        case NAMESPACE -> object.key().namespace();
                        default -> object.field(path);
                    };
            return equal == (field.isEmpty() ? absent : field).equals(value);
        }

        private Requirement asStored(Served served) {
            var field = Conversion.storedField(served, path);
            if (!served.kind().rules().builtIn()) {
                return new Requirement(field, equal, value);
            }
            var stored = STORED.getOrDefault(field, field);
            return new Requirement(stored, equal, value, ABSENT.getOrDefault(stored, ""));
        }

        boolean isByKey() {
            return path.equals(NAME) || path.equals(NAMESPACE);
        }

        /// The terms of which whatever matches has at least one; none where that cannot be said.
        List<Term> terms() {
            return equal && !isByKey() && !value.equals(absent)
                    ? List.of(new Term.Field(path, value))
                    : List.of();
        }
    }

    public FieldSelector {
        requirements = List.copyOf(requirements);
    }

    /// Reads `metadata.name=web,status.phase!=Running`; refused with 400 where it cannot be understood or names a
    /// field that the kind is not selected by.
    public static FieldSelector parse(String text, Served served) {
        if (text.isBlank()) {
            return EVERYTHING;
        }
        var requirements = new ArrayList<Requirement>();
        for (var term : text.split(",", -1)) {
            if (!term.isBlank()) {
                requirements.add(requirement(term.strip(), text));
            }
        }
        requirements.forEach(requirement -> check(requirement, served));
        return new FieldSelector(requirements.stream().map(one -> one.asStored(served)).toList());
    }

    public boolean isEverything() {
        return requirements.isEmpty();
    }

    /// The only name that can match, where one is asked for.
    public Optional<String> name() {
        return only(NAME);
    }

    /// The only namespace that can match, where one is asked for.
    public Optional<String> namespace() {
        return only(NAMESPACE);
    }

    public boolean matches(StoredObject object) {
        return requirements.stream().allMatch(requirement -> requirement.matches(object));
    }

    /// Whether a resource's key alone tells whether it matches.
    boolean isByKey() {
        return requirements.stream().allMatch(Requirement::isByKey);
    }

    private Optional<String> only(String path) {
        return requirements.stream()
                .filter(one -> one.path().equals(path) && one.equal() && !one.value().isEmpty())
                .map(Requirement::value)
                .findFirst();
    }

    private static Requirement requirement(String term, String whole) {
        var equals = term.indexOf('=');
        if (equals <= 0) {
            throw Problem.badRequest(
                            "invalid selector: '%s'; can't understand '%s'".formatted(whole, term))
                    .exception();
        }
        var not = term.charAt(equals - 1) == '!';
        var twice = term.startsWith("==", equals);
        return new Requirement(
                term.substring(0, not ? equals - 1 : equals).strip(),
                !not,
                term.substring(equals + (twice ? 2 : 1)).strip());
    }

    private static void check(Requirement requirement, Served served) {
        var path = requirement.path();
        var own =
                served.version().selectableFields().stream()
                        .map(field -> field.startsWith(".") ? field.substring(1) : field)
                        .collect(Collectors.toSet());
        if (path.equals(NAME) || path.equals(NAMESPACE) || own.contains(path)) {
            return;
        }
        throw Problem.badRequest(
                        own.isEmpty()
                                ? "\"%s\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\""
                                        .formatted(path)
                                : "field label not supported: " + path)
                .exception();
    }
}
