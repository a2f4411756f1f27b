package dev.slipway.kernel.store;

/// A rule of the product that did not hold: what a simulation is after. Nothing but the simulation catches it.
public final class Broken extends Error {
    private static final long serialVersionUID = 1L;

    public Broken(String rule) {
        super(rule);
    }

    /// Throws when a rule does not hold; the text is made only then.
    @SuppressWarnings("AnnotateFormatMethod")
    public static void unless(boolean holds, String rule, Object... details) {
        if (!holds) {
            throw new Broken(rule.formatted(details));
        }
    }
}
