package dev.slipway.app;

/// The threads of the system that carry the virtual ones.
///
/// Java takes one for each processor, and a virtual thread that computes gives its carrier to nobody: two large
/// requests on two processors would keep all others waiting until they are done. With more carriers than processors
/// the system shares the processors between them.
final class Carriers {
    /// How many for each processor.
    private static final int EACH = 4;

    /// With few processors.
    private static final int LEAST = 16;

    private static final String COUNT = "jdk.virtualThreadScheduler.parallelism";

    private Carriers() {}

    /// Has to run before the first virtual thread is made; what the command line says of it stands.
    static void provide() {
        if (System.getProperty(COUNT) == null) {
            System.setProperty(COUNT, Integer.toString(count(processors())));
        }
    }

    static int count(int processors) {
        return Math.max(LEAST, EACH * processors);
    }

    private static int processors() {
        return Runtime.getRuntime().availableProcessors();
    }
}
