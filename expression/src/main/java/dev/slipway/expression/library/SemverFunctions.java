package dev.slipway.expression.library;

import static dev.slipway.expression.library.Parameter.BOOL;
import static dev.slipway.expression.library.Parameter.TEXT;

import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import java.math.BigInteger;
import java.util.List;

/// Semantic versions: read and compared.
final class SemverFunctions {
    private static final Parameter<Semver> SEMVER =
            new Parameter<>(OpaqueType.create("kubernetes.Semver"), Semver.class);

    static final List<Function> ALL =
            List.of(
                    Function.global("semver", SEMVER.type(), TEXT, SemverFunctions::read),
                    Function.global(
                            "isSemver",
                            SimpleType.BOOL,
                            TEXT,
                            text -> Semver.parse(text).isPresent()),
                    Function.member(
                            "major", SimpleType.INT, SEMVER, version -> whole(version.major())),
                    Function.member(
                            "minor", SimpleType.INT, SEMVER, version -> whole(version.minor())),
                    Function.member(
                            "patch", SimpleType.INT, SEMVER, version -> whole(version.patch())),
                    Function.member(
                            "isLessThan",
                            SimpleType.BOOL,
                            SEMVER,
                            SEMVER,
                            (left, right) -> left.compareTo(right) < 0),
                    Function.member(
                            "isGreaterThan",
                            SimpleType.BOOL,
                            SEMVER,
                            SEMVER,
                            (left, right) -> left.compareTo(right) > 0),
                    Function.member(
                            "compareTo",
                            SimpleType.INT,
                            SEMVER,
                            SEMVER,
                            (left, right) -> (long) Integer.signum(left.compareTo(right))));

    /// The forms that may forgive a leading `v`, missing numbers and leading zeros.
    static final List<Function> NORMALIZING =
            List.of(
                    Function.global(
                            "semver",
                            SEMVER.type(),
                            TEXT,
                            BOOL,
                            (text, normalize) -> read(normalize ? Semver.normalized(text) : text)),
                    Function.global(
                            "isSemver",
                            SimpleType.BOOL,
                            TEXT,
                            BOOL,
                            (text, normalize) ->
                                    Semver.parse(normalize ? Semver.normalized(text) : text)
                                            .isPresent()));

    private SemverFunctions() {}

    private static Semver read(String text) {
        return Semver.parse(text)
                .orElseThrow(() -> Failures.invalid("not a semantic version: '" + text + "'"));
    }

    private static long whole(BigInteger number) {
        if (number.bitLength() >= Long.SIZE) {
            throw Failures.overflow("the version's number " + number + " is too large");
        }
        return number.longValue();
    }
}
