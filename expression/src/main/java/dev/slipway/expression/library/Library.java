package dev.slipway.expression.library;

import dev.cel.checker.CelCheckerBuilder;
import dev.cel.common.CelOptions;
import dev.cel.compiler.CelCompilerLibrary;
import dev.cel.extensions.CelExtensionLibrary;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelMacro;
import dev.cel.parser.CelParserBuilder;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelStandardFunctions;
import dev.cel.runtime.RuntimeEquality;
import dev.cel.runtime.RuntimeHelpers;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// A group of functions that an environment may offer beside the standard ones of CEL.
public enum Library {
    /// `all`, `exists`, `transformList` and the like with two variables.
    COMPREHENSIONS,
    /// `charAt`, `split`, `join`, `substring`, `replace` and the like.
    STRINGS,
    /// `reverse` of texts.
    STRING_REVERSAL,
    /// `slice`, `flatten`, `sort`, `distinct`, `reverse`, `lists.range`.
    LISTS,
    /// `cel.bind`.
    BINDINGS,
    /// `.?`, `[?]`, `optional.of`, `orValue`, `optMap`, `first`, `last`.
    OPTIONALS,
    /// `base64.encode`, `base64.decode`.
    ENCODERS,
    /// `sets.contains`, `sets.equivalent`, `sets.intersects`.
    SETS,
    /// `random.seededString`, `random.seededInt`.
    RANDOM,
    /// `json.marshal`, `json.unmarshal`.
    JSON,
    /// `hash.fnv64a`, `hash.sha256`, `hash.md5`.
    HASH,
    /// `merge`, `deepMerge`.
    MERGE,
    /// `runtime.newCondition`, `runtime.condition`.
    CONDITIONS,
    /// `omit`: leaves out the field that the expression stands in.
    OMISSION,
    /// `lists.setAtIndex`, `lists.insertAtIndex`, `lists.removeAtIndex`.
    LIST_EDITS,
    /// `sum`, `min`, `max`, `isSorted`, `indexOf`, `lastIndexOf` of lists.
    AGGREGATES,
    /// `format`.
    FORMAT,
    /// `format` as its first generation was.
    FIRST_FORMAT,
    /// `find`, `findAll`.
    REGEX,
    /// `quantity`, `isQuantity` and what can be done with amounts.
    QUANTITY,
    /// `url`, `isURL` and the parts of URLs.
    URL,
    /// `ip`, `isIP` and what can be asked of addresses.
    IP,
    /// `cidr`, `isCIDR` and what can be asked of networks.
    CIDR,
    /// `semver`, `isSemver` and comparisons.
    SEMVER,
    /// `semver(text, true)`: forgives a leading `v` and missing numbers.
    SEMVER_NORMALIZING,
    /// `format.named`, `format.dns1123Label()` and the like, and `validate`.
    NAMED_FORMATS,
    /// No functions: refuses lists and maps of mixed types, and durations, times and patterns that are none, where they
    /// are written out.
    STRICT_LITERALS,
    /// No functions: refuses `<` and its like between numbers of different types, where the types are known.
    STRICT_NUMBERS,
    /// What the variable `authorizer` can be asked.
    AUTHORIZATION;

    /// What templates may use.
    public static final Set<Library> TEMPLATES =
            Collections.unmodifiableSet(
                    EnumSet.complementOf(
                            EnumSet.of(
                                    SETS,
                                    FIRST_FORMAT,
                                    SEMVER_NORMALIZING,
                                    NAMED_FORMATS,
                                    CONDITIONS,
                                    STRICT_LITERALS,
                                    AUTHORIZATION)));

    /// What the conditions of an instance may use.
    public static final Set<Library> STATUS_CONDITIONS =
            Collections.unmodifiableSet(
                    EnumSet.complementOf(
                            EnumSet.of(
                                    SETS,
                                    FIRST_FORMAT,
                                    SEMVER_NORMALIZING,
                                    NAMED_FORMATS,
                                    STRICT_LITERALS,
                                    AUTHORIZATION)));

    /// What validation rules may use.
    public static final Set<Library> RULES =
            Collections.unmodifiableSet(
                    EnumSet.complementOf(
                            EnumSet.of(
                                    STRING_REVERSAL,
                                    FORMAT,
                                    STRICT_NUMBERS,
                                    BINDINGS,
                                    ENCODERS,
                                    RANDOM,
                                    JSON,
                                    HASH,
                                    MERGE,
                                    LIST_EDITS,
                                    OMISSION,
                                    CONDITIONS,
                                    AUTHORIZATION)));

    /// What admission policies may use.
    public static final Set<Library> POLICIES = policies();

    private static Set<Library> policies() {
        var all = EnumSet.copyOf(RULES);
        all.add(AUTHORIZATION);
        return Collections.unmodifiableSet(all);
    }

    /// Tells the parser what `libraries` write shorter.
    public static void expand(
            Set<Library> libraries, CelParserBuilder builder, CelOptions options) {
        libraries.forEach(library -> builder.addMacros(library.macros()));
        libraries.forEach(library -> library.extensions(options).forEach(builder::addLibraries));
    }

    /// Tells the checker what `libraries` offer of what is `used`, and not much else: each function costs time whenever
    /// an expression is checked.
    public static void declare(
            Set<Library> libraries,
            CelCheckerBuilder builder,
            CelOptions options,
            Predicate<String> used) {
        Stream<Function> chosen =
                libraries.stream()
                        .flatMap(library -> library.functions().stream())
                        .filter(function -> used.test(function.name()));
        Functions.declare(chosen.toList(), builder);
        libraries.stream()
                .flatMap(library -> library.extensions(options).stream())
                .forEach(extension -> declare(extension, builder, used));
    }

    private static void declare(
            CelCompilerLibrary extension, CelCheckerBuilder builder, Predicate<String> used) {
        if (extension instanceof CelExtensionLibrary.FeatureSet set && !set.functions().isEmpty()) {
            builder.addVarDeclarations(set.variables());
            set.functions().stream()
                    .filter(function -> used.test(function.name()))
                    .forEach(builder::addFunctionDeclarations);
        } else {
            builder.addLibraries(extension);
        }
    }

    /// What the functions of the language and of `libraries` do, by the names of their overloads.
    public static Map<String, CelFunctionBinding> bindings(
            Set<Library> libraries, CelOptions options) {
        Map<String, CelFunctionBinding> bindings = new HashMap<>();
        CelStandardFunctions.newBuilder()
                .build()
                .newFunctionBindings(
                        RuntimeEquality.create(RuntimeHelpers.create(), options), options)
                .forEach(binding -> bindings.put(binding.getOverloadId(), binding));
        Stream.of(
                        Stream.of(ConversionFunctions.ALL, StandardFunctions.ALL, ZoneFunctions.ALL)
                                .flatMap(List::stream),
                        libraries.stream().flatMap(library -> library.functions().stream()))
                .flatMap(functions -> functions)
                .map(Function::binding)
                .forEach(binding -> bindings.put(binding.getOverloadId(), binding));
        return Map.copyOf(bindings);
    }

    /// The names of the functions of the language and of `libraries`.
    public static Vocabulary vocabulary(Set<Library> libraries) {
        return Vocabulary.of(libraries);
    }

    /// The names of the types that `libraries` bring along; in expressions they stand for the types.
    public static Set<String> opaqueTypes(Set<Library> libraries) {
        Set<String> names = new LinkedHashSet<>();
        libraries.stream()
                .sorted()
                .map(Library::opaqueType)
                .filter(name -> !name.isEmpty())
                .forEach(names::add);
        return names;
    }

    private String opaqueType() {
        return switch (this) {
            case IP -> "net.IP";
            case CIDR -> "net.CIDR";
            case URL -> "kubernetes.URL";
            case QUANTITY -> "kubernetes.Quantity";
            case SEMVER, SEMVER_NORMALIZING -> "kubernetes.Semver";
            case NAMED_FORMATS -> "kubernetes.NamedFormat";
            default -> "";
        };
    }

    /// What we write ourselves; goes first, so that it takes the place of an extension's function of that name.
    List<Function> functions() {
        return switch (this) {
            case RANDOM -> RandomFunctions.ALL;
            case JSON -> JsonFunctions.ALL;
            case HASH -> HashFunctions.ALL;
            case MERGE -> MergeFunctions.ALL;
            case CONDITIONS -> ConditionFunctions.ALL;
            case OMISSION -> OmissionFunctions.ALL;
            case LIST_EDITS -> ListEditFunctions.ALL;
            case STRINGS ->
                    Stream.concat(TextFunctions.ALL.stream(), StringFunctions.ALL.stream())
                            .toList();
            case STRING_REVERSAL -> TextFunctions.REVERSAL;
            case COMPREHENSIONS -> ComprehensionFunctions.ALL;
            case OPTIONALS -> OptionalFunctions.ALL;
            case ENCODERS -> EncoderFunctions.ALL;
            case SETS -> SetFunctions.ALL;
            case LISTS ->
                    Stream.concat(ListFunctions.ALL.stream(), SortFunctions.ALL.stream()).toList();
            case AGGREGATES -> AggregateFunctions.ALL;
            case FORMAT -> FormatFunctions.ALL;
            case FIRST_FORMAT -> FormatFunctions.FIRST_GENERATION;
            case REGEX -> RegexFunctions.ALL;
            case QUANTITY -> QuantityFunctions.ALL;
            case URL -> UrlFunctions.ALL;
            case IP -> NetworkFunctions.ADDRESSES;
            case CIDR -> NetworkFunctions.NETWORKS;
            case SEMVER -> SemverFunctions.ALL;
            case SEMVER_NORMALIZING -> SemverFunctions.NORMALIZING;
            case NAMED_FORMATS -> NamedFormatFunctions.ALL;
            case AUTHORIZATION -> AuthorizationFunctions.ALL;
            case BINDINGS, STRICT_LITERALS, STRICT_NUMBERS -> List.of();
        };
    }

    private List<CelMacro> macros() {
        return switch (this) {
            case LISTS -> List.of(SortFunctions.SORT_BY);
            case CONDITIONS -> ConditionFunctions.MACROS;
            default -> List.of();
        };
    }

    /// What comes with the CEL library.
    private List<CelCompilerLibrary> extensions(CelOptions options) {
        return switch (this) {
            case COMPREHENSIONS -> List.of(CelExtensions.comprehensions());
            case STRINGS -> List.of(CelExtensions.strings(TextFunctions.AS_THEY_COME));
            case BINDINGS -> List.of(CelExtensions.bindings());
            case OPTIONALS -> List.of(CelExtensions.optional());
            case ENCODERS -> List.of(CelExtensions.encoders(options));
            case SETS -> List.of(CelExtensions.sets(options));
            default -> List.of();
        };
    }
}
