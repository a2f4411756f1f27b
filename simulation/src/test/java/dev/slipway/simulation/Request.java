package dev.slipway.simulation;

import dev.slipway.kernel.resources.Resources;
import dev.slipway.kernel.resources.Written;
import java.util.OptionalLong;
import java.util.function.Function;

/// One write that a client asks for, and may ask for again.
///
/// @param replaces the revision that it names as the one to be replaced
record Request(String title, OptionalLong replaces, Function<Resources, Written> write) {
    static Request of(String title, Function<Resources, Written> write) {
        return new Request(title, OptionalLong.empty(), write);
    }
}
