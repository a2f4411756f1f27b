package dev.slipway.kernel.store;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.MalformedException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// Where a write came from, and by what right it was made; each text is empty where it is not known.
///
/// @param address of the client
/// @param agent what the client calls itself
/// @param request the id of its request
/// @param by who really made it, where the actor was impersonated
/// @param allowed why the actor might
public record Origin(String address, String agent, String request, String by, String allowed) {
    /// How many characters of each text are kept.
    public static final int MAX_LENGTH = 256;

    /// Nowhere but here.
    public static final Origin NONE = new Origin("", "", "", "", "");

    public Origin {
        address = cut(address);
        agent = cut(agent);
        request = cut(request);
        by = cut(by);
        allowed = cut(allowed);
    }

    private static String cut(String text) {
        return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH);
    }

    /// What is known of it, by name.
    public Map<String, Object> tree() {
        var tree = new LinkedHashMap<String, Object>();
        put(tree, "address", address);
        put(tree, "agent", agent);
        put(tree, "request", request);
        put(tree, "by", by);
        put(tree, "allowed", allowed);
        return tree;
    }

    private static void put(Map<String, Object> tree, String key, String text) {
        if (!text.isEmpty()) {
            tree.put(key, text);
        }
    }

    /// As it is kept: JSON.
    String text() {
        return Json.text(tree());
    }

    /// Nothing where the text is none that was kept.
    static Origin of(String text) {
        try {
            var tree = Json.readObject(text.getBytes(StandardCharsets.UTF_8));
            return new Origin(
                    Json.string(tree, "address"),
                    Json.string(tree, "agent"),
                    Json.string(tree, "request"),
                    Json.string(tree, "by"),
                    Json.string(tree, "allowed"));
        } catch (MalformedException e) {
            return NONE;
        }
    }
}
