package dev.slipway.cluster.simulation;

import dev.slipway.expression.library.Durations;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What goes wrong on request, written as a name with or without a value: `CrashLoop`, `Slow=2m`, `Quota=3`.
public sealed interface Fault {
    /// Nothing goes wrong.
    record None() implements Fault {}

    /// The image of a container cannot be pulled.
    record ImagePull() implements Fault {}

    /// A container ends soon after it began, each time.
    record CrashLoop() implements Fault {}

    /// A pod takes so much longer to start.
    record Slow(Duration by) implements Fault {}

    /// No more than so many pods may be made.
    record Quota(long pods) implements Fault {}

    /// No node takes the pod.
    record Unschedulable() implements Fault {}

    /// A container that is to end does so with this code.
    record Exit(long code) implements Fault {}

    /// A phase that the rule of the object's kind names.
    record Named(String name) implements Fault {}

    /// The annotation that asks for one.
    String ANNOTATION = "slipway.dev/simulate";

    /// How those are written that pods and what makes them know.
    List<String> WRITTEN =
            List.of(
                    "ImagePull",
                    "CrashLoop",
                    "Slow[=30s]",
                    "Quota[=PODS]",
                    "Unschedulable",
                    "Exit[=CODE]");

    Duration USUALLY_SLOW = Duration.ofSeconds(30);

    /// Reads one; empty where its value is none. What has another name is [Named].
    static Optional<Fault> of(String text) {
        var equals = text.indexOf('=');
        var name = equals < 0 ? text : text.substring(0, equals);
        var value = equals < 0 ? "" : text.substring(equals + 1);
        try {
            return Optional.of(read(name, value));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static Fault read(String name, String value) {
        return switch (name) {
            case "Slow" -> new Slow(value.isEmpty() ? USUALLY_SLOW : Durations.parse(value));
            case "Quota" -> new Quota(value.isEmpty() ? 0 : Long.parseLong(value));
            case "Exit" -> new Exit(value.isEmpty() ? 1 : Long.parseLong(value));
            case "ImagePull" -> without(value, new ImagePull());
            case "CrashLoop" -> without(value, new CrashLoop());
            case "Unschedulable" -> without(value, new Unschedulable());
            default -> without(value, new Named(name));
        };
    }

    private static Fault without(String value, Fault fault) {
        if (!value.isEmpty()) {
            throw new IllegalArgumentException("takes no value: " + value);
        }
        return fault;
    }
}
