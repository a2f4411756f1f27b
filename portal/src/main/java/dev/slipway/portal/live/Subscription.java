package dev.slipway.portal.live;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/// One open page, waiting. Told by the pulse's threads, asked by the thread of the page's stream.
final class Subscription {
    /// What a page should do.
    sealed interface Signal {
        /// Be made anew, as of a revision.
        record Page(long revision) implements Signal {}

        /// Only its menu is no longer true.
        record Menu(long revision) implements Signal {}

        /// Nothing has happened for a while.
        record Quiet() implements Signal {}

        /// There is nobody left who would tell.
        record Over() implements Signal {}
    }

    private final List<String> about;
    private long revision;
    private boolean page;
    private boolean menu;
    private boolean over;

    /// @param about what the page shows, as [Change#concerns] reads it
    /// @param revision the newest that the page knows of
    Subscription(List<String> about, long revision) {
        this.about = List.copyOf(about);
        this.revision = revision;
    }

    synchronized void tell(Change change) {
        if (change.revision() <= revision && !change.kind().isEmpty()) {
            return;
        }
        revision = Math.max(revision, change.revision());
        page |= about.stream().anyMatch(change::concerns);
        menu = true;
        notifyAll();
    }

    /// Kinds have come or gone.
    synchronized void tellMenu() {
        menu = true;
        notifyAll();
    }

    synchronized void end() {
        over = true;
        notifyAll();
    }

    /// Waits for something to do, at most `patience`; changes of the menu alone wait for company for that long.
    synchronized Signal await(Duration patience, Duration company) throws InterruptedException {
        waitFor(() -> page || menu || over, patience);
        if (menu) {
            waitFor(() -> page || over, company);
        }
        return take();
    }

    private void waitFor(BooleanSupplier something, Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        long left = patience.toMillis();
        while (!something.getAsBoolean() && left > 0) {
            wait(left);
            left = (end - System.nanoTime()) / 1_000_000;
        }
    }

    private Signal take() {
        if (over) {
            return new Signal.Over();
        }
        if (page) {
            page = false;
            menu = false;
            return new Signal.Page(revision);
        }
        if (menu) {
            menu = false;
            return new Signal.Menu(revision);
        }
        return new Signal.Quiet();
    }
}
