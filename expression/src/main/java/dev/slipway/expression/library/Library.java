package dev.slipway.expression.library;

import dev.cel.bundle.CelBuilder;
import dev.cel.common.CelOptions;
import dev.cel.compiler.CelCompilerLibrary;
import dev.cel.extensions.CelExtensions;
import dev.cel.runtime.CelRuntimeLibrary;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// A group of functions that an environment may offer beside the standard ones of CEL.
public enum Library {
    /// `all`, `exists`, `transformList` and the like with two variables.
    COMPREHENSIONS,
    /// `charAt`, `split`, `join`, `substring`, `replace` and the like.
    STRINGS,
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
    /// What the variable `authorizer` can be asked.
    AUTHORIZATION;

    /// What templates may use.
    public static final Set<Library> TEMPLATES =
            Collections.unmodifiableSet(
                    EnumSet.complementOf(
                            EnumSet.of(
                                    SETS,
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
                                    SEMVER_NORMALIZING,
                                    NAMED_FORMATS,
                                    STRICT_LITERALS,
                                    AUTHORIZATION)));

    /// What validation rules may use.
    public static final Set<Library> RULES =
            Collections.unmodifiableSet(
                    EnumSet.complementOf(
                            EnumSet.of(
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

    /// Adds what `libraries` offer, and nothing else, to `builder`.
    public static void register(Set<Library> libraries, CelBuilder builder, CelOptions options) {
        builder.setStandardFunctions(ConversionFunctions.standardFunctions());
        Stream<Function> chosen =
                libraries.stream().flatMap(library -> library.functions().stream());
        Functions.register(
                Stream.concat(ConversionFunctions.ALL.stream(), chosen).toList(), builder);
        libraries.forEach(library -> library.extend(builder, options));
    }

    /// What we write ourselves; goes first, so that it takes the place of an extension's function of that name.
    private List<Function> functions() {
        return switch (this) {
            case RANDOM -> RandomFunctions.ALL;
            case JSON -> JsonFunctions.ALL;
            case HASH -> HashFunctions.ALL;
            case MERGE -> MergeFunctions.ALL;
            case CONDITIONS -> ConditionFunctions.ALL;
            case OMISSION -> OmissionFunctions.ALL;
            case LIST_EDITS -> ListEditFunctions.ALL;
            case STRINGS -> TextFunctions.ALL;
            case LISTS ->
                    Stream.concat(ListFunctions.ALL.stream(), SortFunctions.ALL.stream()).toList();
            case AGGREGATES -> AggregateFunctions.ALL;
            case FORMAT -> FormatFunctions.ALL;
            case REGEX -> RegexFunctions.ALL;
            case QUANTITY -> QuantityFunctions.ALL;
            case URL -> UrlFunctions.ALL;
            case IP -> NetworkFunctions.ADDRESSES;
            case CIDR -> NetworkFunctions.NETWORKS;
            case SEMVER -> SemverFunctions.ALL;
            case SEMVER_NORMALIZING -> SemverFunctions.NORMALIZING;
            case NAMED_FORMATS -> NamedFormatFunctions.ALL;
            case AUTHORIZATION -> AuthorizationFunctions.ALL;
            case COMPREHENSIONS, BINDINGS, OPTIONALS, ENCODERS, SETS, STRICT_LITERALS -> List.of();
        };
    }

    /// What comes with the CEL library.
    private void extend(CelBuilder builder, CelOptions options) {
        switch (this) {
            case COMPREHENSIONS -> add(builder, CelExtensions.comprehensions());
            case STRINGS -> add(builder, CelExtensions.strings(TextFunctions.AS_THEY_COME));
            case LISTS -> builder.addMacros(SortFunctions.SORT_BY);
            case CONDITIONS -> builder.addMacros(ConditionFunctions.MACROS);
            case BINDINGS -> builder.addCompilerLibraries(CelExtensions.bindings());
            case OPTIONALS -> add(builder, CelExtensions.optional());
            case ENCODERS -> add(builder, CelExtensions.encoders(options));
            case SETS -> add(builder, CelExtensions.sets(options));
            case RANDOM, JSON, HASH, MERGE, OMISSION, LIST_EDITS, AGGREGATES, FORMAT, REGEX -> {}
            case QUANTITY, URL, IP, CIDR, SEMVER, SEMVER_NORMALIZING -> {}
            case NAMED_FORMATS, STRICT_LITERALS, AUTHORIZATION -> {}
        }
    }

    private static <L extends CelCompilerLibrary & CelRuntimeLibrary> void add(
            CelBuilder builder, L library) {
        builder.addCompilerLibraries(library).addRuntimeLibraries(library);
    }
}
