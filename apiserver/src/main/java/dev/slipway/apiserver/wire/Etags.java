package dev.slipway.apiserver.wire;

import dev.slipway.client.web.WebRequest;
import dev.slipway.client.web.WebResponse;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/// Answers documents that clients keep: with a tag of their content, and not at all to who has them.
public final class Etags {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private Etags() {}

    /// The document, or 304 where the client has it.
    public static WebResponse answer(WebRequest request, byte[] body, Map<String, String> headers) {
        return answer(request, body, hash(body), headers);
    }

    /// The document with a hash that is known already, or 304 where the client has it.
    public static WebResponse answer(
            WebRequest request, byte[] body, String hash, Map<String, String> headers) {
        var tag = "\"" + hash + "\"";
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put("ETag", tag);
        var known = request.header("if-none-match").map(seen -> holds(seen, tag)).orElse(false);
        return known
                ? new WebResponse.Whole(304, all, new byte[0])
                : new WebResponse.Whole(200, all, body);
    }

    /// SHA-512 in hexadecimal digits.
    public static String hash(byte[] body) {
        try {
            return HEX.formatHex(MessageDigest.getInstance("SHA-512").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-512", e);
        }
    }

    private static boolean holds(String seen, String tag) {
        return Arrays.stream(seen.split(","))
                .map(String::strip)
                .anyMatch(one -> one.equals(tag) || one.equals("W/" + tag) || one.equals("*"));
    }
}
