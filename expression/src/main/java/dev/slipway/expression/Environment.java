package dev.slipway.expression;

import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import dev.slipway.expression.Template.Part;
import dev.slipway.expression.library.Library;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The variables with their types, and the functions, that expressions may use; checks sources against them.
///
/// Immutable in what it accepts, safe for any number of threads. Checked sources are remembered (up to
/// [#MAXIMAL_REMEMBERED]), so that asking again is cheap. The first check costs some milliseconds, so keep it, and derive
/// others by [#with], which share what does not depend on variables.
public final class Environment {
    /// The longest source that is read, in characters.
    public static final int MAXIMAL_SOURCE_LENGTH = 32_768;

    /// The longest string with expressions in it that is read, in characters.
    public static final int MAXIMAL_TEMPLATE_LENGTH = 1_048_576;

    /// How many checked sources an environment remembers; long templates are not among them.
    public static final int MAXIMAL_REMEMBERED = 1_000;

    private final Map<String, Type> variables;
    private final Set<Library> libraries;
    private final Supplier<Checker.Language> language;
    private final Supplier<Checker> checker;
    private final Map<String, Checked> remembered = new ConcurrentHashMap<>();

    private Environment(
            Map<String, Type> variables,
            Set<Library> libraries,
            Supplier<Checker.Language> language) {
        this.variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
        this.libraries = Set.copyOf(libraries);
        this.language = language;
        this.checker =
                Suppliers.memoize(
                        () -> new Checker(this.variables, this.libraries, language.get()));
    }

    public static Builder builder() {
        return new Builder();
    }

    /// The declared variables, in the order of declaration.
    public Map<String, Type> variables() {
        return variables;
    }

    /// This environment with one more variable, which hides one of the same name.
    public Environment with(String name, Type type) {
        Map<String, Type> more = new LinkedHashMap<>(variables);
        more.put(name, type);
        return new Environment(more, libraries, language);
    }

    /// Checks one expression; all that is wrong is reported at once.
    public Checked check(String source) {
        return source.length() > MAXIMAL_SOURCE_LENGTH
                ? tooLong("expression", MAXIMAL_SOURCE_LENGTH)
                : remember(source);
    }

    private static Checked tooLong(String what, int limit) {
        return new Checked.Rejected(
                List.of(
                        new ExpressionError(
                                1, 1, "the " + what + " is longer than " + limit + " characters")));
    }

    private Checked remember(String source) {
        Checked known = remembered.get(source);
        if (known != null) {
            return known;
        }
        Checked checked = checker.get().check(source);
        if (remembered.size() < MAXIMAL_REMEMBERED && source.length() <= MAXIMAL_SOURCE_LENGTH) {
            remembered.put(source, checked);
        }
        return checked;
    }

    /// Checks all expressions of a string that mixes text with them; the result gives the whole string.
    ///
    /// Places in errors count from the start of the string.
    ///
    /// @param text the string that `template` was parsed from
    public Checked check(String text, Template.Mixed template) {
        if (text.length() > MAXIMAL_TEMPLATE_LENGTH) {
            return tooLong("string", MAXIMAL_TEMPLATE_LENGTH);
        }
        List<ExpressionError> errors = new ArrayList<>();
        List<String> pieces = new ArrayList<>();
        for (Part part : template.parts()) {
            switch (part) {
                case Part.Text(var literal) -> pieces.add(Quoted.text(literal));
                case Part.Embedded(var source, var offset) -> {
                    errors.addAll(problemsOfPart(source, Place.in(text, offset)));
                    pieces.add("(\"\" + (" + source + "\n))");
                }
            }
        }
        return errors.isEmpty() ? remember(concatenation(pieces)) : new Checked.Rejected(errors);
    }

    /// Halves joined with halves, so that many pieces make no deep expression.
    private static String concatenation(List<String> pieces) {
        int half = pieces.size() / 2;
        return pieces.size() == 1
                ? pieces.getFirst()
                : "("
                        + concatenation(pieces.subList(0, half))
                        + " + "
                        + concatenation(pieces.subList(half, pieces.size()))
                        + ")";
    }

    private List<ExpressionError> problemsOfPart(String source, Place place) {
        return switch (check(source)) {
            case Checked.Rejected(var errors) ->
                    errors.stream().map(error -> moved(error, place)).toList();
            case Expression expression when expression.omits() ->
                    List.of(
                            new ExpressionError(
                                    place.line(),
                                    place.column(),
                                    "omit() leaves out a whole field, not a part of its text"));
            case Expression expression ->
                    switch (expression.resultType()) {
                        case Type.Text _, Type.Dynamic _ -> List.of();
                        case Type other ->
                                List.of(
                                        new ExpressionError(
                                                place.line(),
                                                place.column(),
                                                notText(source, other)));
                    };
        };
    }

    private static String notText(String source, Type type) {
        return "expected string, got "
                + type.description()
                + ": between other text '"
                + source.strip()
                + "' must be a string; write string(...)";
    }

    private static ExpressionError moved(ExpressionError error, Place start) {
        Place place = start.plus(new Place(error.line(), error.column()));
        return new ExpressionError(place.line(), place.column(), error.message());
    }

    /// Collects variables and libraries; without libraries, all that templates have.
    public static final class Builder {
        private final Map<String, Type> variables = new LinkedHashMap<>();
        private Set<Library> libraries = Library.TEMPLATES;

        private Builder() {}

        public Builder variable(String name, Type type) {
            variables.put(name, type);
            return this;
        }

        public Builder variables(Map<String, ? extends Type> more) {
            variables.putAll(more);
            return this;
        }

        public Builder libraries(Set<Library> chosen) {
            libraries = chosen.isEmpty() ? EnumSet.noneOf(Library.class) : EnumSet.copyOf(chosen);
            return this;
        }

        public Environment build() {
            Set<Library> chosen = Set.copyOf(libraries);
            return new Environment(
                    variables, chosen, Suppliers.memoize(() -> Checker.language(chosen)));
        }
    }
}
