package dev.slipway.testkit;

import dev.slipway.control.ControllerRuntime;
import dev.slipway.control.SteppedControllers;

/// How the controllers of a world go on: by themselves, or when the test says so.
sealed interface Drive {
    /// Whether they have seen everything and have nothing to do now.
    boolean settled();

    /// Lets them work; returns when they have to wait for something.
    void go();

    void close();

    /// On threads of their own.
    record Running(ControllerRuntime runtime) implements Drive {
        @Override
        public boolean settled() {
            return runtime.settled();
        }

        @Override
        public void go() {}

        @Override
        public void close() {
            runtime.close();
        }
    }

    /// On the test's thread, one step after the other.
    record Stepped(SteppedControllers controllers) implements Drive {
        /// How many turns may follow each other before something is found to go in circles.
        private static final int MOST_TURNS = 20_000;

        @Override
        public boolean settled() {
            return !controllers.behind() && controllers.idle();
        }

        @Override
        public void go() {
            for (int turns = 0; turns < MOST_TURNS; turns++) {
                while (controllers.behind()) {
                    controllers.read();
                }
                if (controllers.work().isEmpty() && !controllers.behind()) {
                    return;
                }
            }
            throw new AssertionError("the controllers find no rest");
        }

        @Override
        public void close() {}
    }
}
