package dev.slipway.app;

/// The script that started this process and restarts it when it runs out of memory.
final class Parent {
    private Parent() {}

    /// Runs something once the script has gone, however it went; nothing where no script said that it is the parent.
    static void whenGone(Runnable then) {
        var id = Long.getLong("slipway.parent");
        if (id != null) {
            Thread.ofVirtual().name("slipway-parent").start(() -> await(id, then));
        }
    }

    private static void await(long id, Runnable then) {
        ProcessHandle.of(id).ifPresent(parent -> parent.onExit().join());
        then.run();
    }
}
