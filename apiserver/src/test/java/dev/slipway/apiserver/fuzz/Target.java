package dev.slipway.apiserver.fuzz;

import java.util.Locale;

/// One sort of what strangers send, and what is done with it.
enum Target {
    PATCHES,
    BODIES,
    SELECTORS,
    PATHS,
    SCHEMAS,
    RULES,
    LAWS;

    /// Throws where an answer is not as it must be.
    void run(Door door, byte[] bytes) {
        var input = Input.of(bytes);
        switch (this) {
            case PATCHES -> new Patches(door).run(input);
            case BODIES -> new Bodies(door).run(input);
            case SELECTORS -> new Requests(door).selector(input);
            case PATHS -> new Requests(door).path(input);
            case SCHEMAS -> new Definitions(door).schema(input);
            case RULES -> new Definitions(door).rule(input);
            case LAWS -> new Laws(door).run(input);
        }
    }

    /// The folder of its inputs.
    String folder() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Target of(String folder) {
        return valueOf(folder.toUpperCase(Locale.ROOT));
    }
}
