package dev.slipway.cluster.simulation;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.ResourceKey;
import java.util.Map;

/// Something that happened to a played object, as a cluster tells it: stored once for each object and reason, and counted
/// when it happens again.
///
/// @param object that it happened to
/// @param source which part of a cluster tells it: `kubelet`
/// @param type `Normal` or `Warning`
/// @param field the field of the object that it is about, empty for all of it: `spec.containers{web}`
/// @param apart what else keeps it apart from others of its reason
/// @param times how often it happened
/// @param standing whether it goes on, so that it is counted once as long as it says the same
public record Event(
        Resource object,
        String source,
        String type,
        String reason,
        String message,
        String field,
        String apart,
        long times,
        boolean standing) {
    private static final String KUBELET = "kubelet";
    private static final String COMBINED = "(combined from similar events): ";

    /// How much a message may say, as the original's limit is.
    private static final int MAX_MESSAGE = 1024;

    private static final int MAX_NAME = 253;

    public Event {
        message = message.length() > MAX_MESSAGE ? message.substring(0, MAX_MESSAGE) : message;
    }

    /// Something that goes as it should.
    public static Event normal(String source, Resource object, String reason, String message) {
        return new Event(object, source, "Normal", reason, message, "", "", 1, false);
    }

    /// Something that went wrong.
    public static Event warning(String source, Resource object, String reason, String message) {
        return new Event(object, source, "Warning", reason, message, "", "", 1, false);
    }

    /// The same about one field of the object.
    public Event about(String other) {
        return new Event(object, source, type, reason, message, other, apart, times, standing);
    }

    /// The same, told apart from others of its reason.
    public Event apart(String other) {
        return new Event(object, source, type, reason, message, field, other, times, standing);
    }

    public Event times(long other) {
        return new Event(object, source, type, reason, message, field, apart, other, standing);
    }

    /// The same as something that goes on.
    public Event goingOn() {
        return new Event(object, source, type, reason, message, field, apart, times, true);
    }

    /// This and what was told before it in the same turn.
    Event after(Event before) {
        return standing ? this : saying(joined(before.message())).times(times + before.times());
    }

    private Event saying(String other) {
        return new Event(object, source, type, reason, other, field, apart, times, standing);
    }

    /// What this and an earlier one of the same kind say together.
    private String joined(String before) {
        return before.equals(message) || message.startsWith(COMBINED)
                ? message
                : COMBINED + message;
    }

    /// Where it is stored, which follows from what it is about.
    ResourceKey key() {
        var end = "." + Digest.of(String.join("/", object.uid(), reason, field, apart));
        var name = object.name();
        var room = Math.min(name.length(), MAX_NAME - end.length());
        return ClusterKinds.EVENTS.resource(object.namespace(), name.substring(0, room) + end);
    }

    /// As it is stored when it happens for the first time.
    ///
    /// @param now RFC 3339
    Map<String, Object> first(String now) {
        var key = key();
        var tree =
                Tree.of(
                        "apiVersion",
                        "v1",
                        "kind",
                        "Event",
                        "metadata",
                        Tree.of("name", key.name(), "namespace", key.namespace()),
                        "involvedObject",
                        involved(),
                        "reason",
                        reason,
                        "message",
                        message,
                        "type",
                        type,
                        "count",
                        times,
                        "firstTimestamp",
                        now,
                        "lastTimestamp",
                        now);
        var host = source.equals(KUBELET) ? Json.string(object.spec(), "nodeName") : "";
        tree.put("source", Tree.of("component", source));
        tree.put("reportingComponent", source);
        if (!host.isEmpty()) {
            Json.child(tree, "source").put("host", host);
            tree.put("reportingInstance", host);
        }
        return tree;
    }

    private Map<String, Object> involved() {
        var involved =
                Tree.of(
                        "apiVersion",
                        object.apiVersion(),
                        "kind",
                        object.kind(),
                        "name",
                        object.name(),
                        "namespace",
                        object.namespace(),
                        "uid",
                        object.uid());
        if (!field.isEmpty()) {
            involved.put("fieldPath", field);
        }
        return involved;
    }

    /// Whether what is stored says all that there is to say.
    boolean isToldBy(Resource stored) {
        return standing && message.equals(stored.tree().get("message"));
    }

    /// What is stored once it has happened again; events that differ in their words are told as one.
    Map<String, Object> again(Resource stored, String now) {
        var tree = Json.copy(stored.tree());
        tree.put("message", standing ? message : joined(Json.string(tree, "message")));
        tree.put("type", type);
        tree.put("count", Tree.number(tree, "count", 1) + times);
        tree.put("lastTimestamp", now);
        return tree;
    }
}
