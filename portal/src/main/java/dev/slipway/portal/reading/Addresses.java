package dev.slipway.portal.reading;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// Writes parts of addresses.
public final class Addresses {
    private Addresses() {}

    /// One segment of a path or one value of a query.
    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
