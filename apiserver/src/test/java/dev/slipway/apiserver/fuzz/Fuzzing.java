package dev.slipway.apiserver.fuzz;

/// Where the fuzzer comes in: it calls these two by their names, and no other class here.
public final class Fuzzing {
    private static final Door DOOR = new Door();
    private static Target target = Target.PATCHES;

    private Fuzzing() {}

    /// Chooses the target, by its folder.
    public static void fuzzerInitialize(String[] arguments) {
        target = Target.of(arguments[0]);
    }

    public static void fuzzerTestOneInput(byte[] input) {
        target.run(DOOR, input);
    }
}
