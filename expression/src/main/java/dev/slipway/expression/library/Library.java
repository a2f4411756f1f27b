package dev.slipway.expression.library;

import dev.cel.bundle.CelBuilder;
import dev.cel.common.CelOptions;
import dev.cel.compiler.CelCompilerLibrary;
import dev.cel.extensions.CelExtensions;
import dev.cel.runtime.CelRuntimeLibrary;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

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
    SETS;

    /// What templates may use.
    public static final Set<Library> TEMPLATES =
            Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(SETS)));

    /// What validation rules may use.
    public static final Set<Library> RULES =
            Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(BINDINGS, ENCODERS)));

    /// Adds declarations and implementations to `builder`.
    public void register(CelBuilder builder, CelOptions options) {
        switch (this) {
            case COMPREHENSIONS -> add(builder, CelExtensions.comprehensions());
            case STRINGS -> add(builder, CelExtensions.strings());
            case LISTS -> add(builder, CelExtensions.lists());
            case BINDINGS -> builder.addCompilerLibraries(CelExtensions.bindings());
            case OPTIONALS -> add(builder, CelExtensions.optional());
            case ENCODERS -> add(builder, CelExtensions.encoders(options));
            case SETS -> add(builder, CelExtensions.sets(options));
        }
    }

    private static <L extends CelCompilerLibrary & CelRuntimeLibrary> void add(
            CelBuilder builder, L library) {
        builder.addCompilerLibraries(library).addRuntimeLibraries(library);
    }
}
