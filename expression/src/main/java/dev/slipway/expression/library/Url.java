package dev.slipway.expression.library;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// An absolute URL, or the path of one; read as Go's `net/url` reads request URIs.
///
/// @param opaque what follows the scheme when that is no path, as in `mailto:a@b`
/// @param escapedPath the path as it was written where that is allowed, else escaped
record Url(
        String scheme,
        String opaque,
        String user,
        String host,
        String escapedPath,
        String query,
        String fragment) {
    private static final String UNRESERVED = "-_.~";
    private static final String HOST = UNRESERVED + "!$&'()*+,;=:[]<>\"";
    private static final String PATH = UNRESERVED + "$&+,/:;=@";
    private static final String WRITTEN_PATH = PATH + "!'()*[]%";
    private static final String USER = UNRESERVED + "!$&'()*+,;=:%@";

    /// Reads a URL, empty when the text is none.
    static Optional<Url> parse(String text) {
        if (text.isEmpty()
                || text.chars().anyMatch(character -> character < ' ' || character == 0x7f)) {
            return Optional.empty();
        }
        if (text.equals("*")) {
            return Optional.of(new Url("", "", "", "", "*", "", ""));
        }
        int hash = text.indexOf('#');
        if (hash < 0) {
            return read(text, "");
        }
        // The fragment is no part of a request URI: with it the text must be acceptable too.
        return read(text, "").isEmpty()
                ? Optional.empty()
                : read(text.substring(0, hash), text.substring(hash + 1));
    }

    private static Optional<Url> read(String text, String fragment) {
        int colon = endOfScheme(text);
        if (colon == 0) {
            return Optional.empty();
        }
        String scheme = colon < 0 ? "" : text.substring(0, colon).toLowerCase(Locale.ROOT);
        String rest = text.substring(colon + 1);
        int mark = rest.indexOf('?');
        String query = mark < 0 ? "" : rest.substring(mark + 1);
        String place = mark < 0 ? rest : rest.substring(0, mark);
        if (!place.startsWith("/")) {
            return scheme.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Url(scheme, place, "", "", "", query, fragment));
        }
        return place(scheme, place, query, fragment);
    }

    private static Optional<Url> place(String scheme, String place, String query, String fragment) {
        boolean hasAuthority =
                place.startsWith("//") && (!scheme.isEmpty() || !place.startsWith("///"));
        int slash = hasAuthority ? place.indexOf('/', 2) : 0;
        String authority =
                hasAuthority ? place.substring(2, slash < 0 ? place.length() : slash) : "";
        String path = slash < 0 ? "" : place.substring(slash);
        int at = authority.lastIndexOf('@');
        String user = at < 0 ? "" : authority.substring(0, at);
        if (!consistsOf(user, USER)) {
            return Optional.empty();
        }
        return host(authority.substring(at + 1))
                .flatMap(host ->
                        escaped(path)
                                .map(escapedPath ->
                                        new Url(
                                                scheme,
                                                "",
                                                user,
                                                host,
                                                escapedPath,
                                                query,
                                                fragment)));
    }

    /// Where the colon after the scheme is; 0 when it comes first, -1 when there is no scheme.
    private static int endOfScheme(String text) {
        for (int index = 0; index < text.length(); index++) {
            char character = text.charAt(index);
            if (character == ':') {
                return index;
            }
            boolean letter = isLetter(character);
            boolean later = index > 0 && (isDigit(character) || "+-.".indexOf(character) >= 0);
            if (!letter && !later) {
                return -1;
            }
        }
        return -1;
    }

    private static Optional<String> host(String text) {
        int bracket = text.lastIndexOf(']');
        if (text.startsWith("[") && bracket < 0) {
            return Optional.empty();
        }
        int port = text.startsWith("[") ? bracket + 1 : text.lastIndexOf(':');
        if (port >= 0 && !isPort(text.substring(port))) {
            return Optional.empty();
        }
        int zone = text.startsWith("[") ? text.indexOf("%25") : -1;
        String checked = zone < 0 ? text : text.substring(0, zone);
        boolean understood = consistsOf(checked.replaceAll("%[89a-fA-F][0-9a-fA-F]", ""), HOST);
        return understood ? unescaped(text, false) : Optional.empty();
    }

    private static boolean isPort(String text) {
        return text.isEmpty()
                || (text.startsWith(":") && text.substring(1).chars().allMatch(Url::isDigit));
    }

    private static Optional<String> escaped(String path) {
        return unescaped(path, false).map(plain -> consistsOfAscii(path) ? path : escape(plain));
    }

    private static boolean consistsOfAscii(String path) {
        return path.chars().allMatch(character -> character < 0x80)
                && consistsOf(path, WRITTEN_PATH);
    }

    private static String escape(String plain) {
        StringBuilder escaped = new StringBuilder();
        for (byte octet : plain.getBytes(StandardCharsets.UTF_8)) {
            boolean allowed =
                    octet > 0 && (isLetter(octet) || isDigit(octet) || PATH.indexOf(octet) >= 0);
            escaped.append(
                    allowed ? String.valueOf((char) octet) : "%%%02X".formatted(octet & 0xff));
        }
        return escaped.toString();
    }

    /// Empty when a percent sign is not followed by two hexadecimal digits.
    private static Optional<String> unescaped(String text, boolean plusIsBlank) {
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        for (int index = 0; index < octets.length; index++) {
            if (octets[index] != '%') {
                plain.write(plusIsBlank && octets[index] == '+' ? ' ' : octets[index]);
                continue;
            }
            int high = index + 2 < octets.length ? Character.digit(octets[index + 1], 16) : -1;
            int low = index + 2 < octets.length ? Character.digit(octets[index + 2], 16) : -1;
            if (high < 0 || low < 0) {
                return Optional.empty();
            }
            plain.write((high << 4) | low);
            index += 2;
        }
        return Optional.of(plain.toString(StandardCharsets.UTF_8));
    }

    private static boolean consistsOf(String text, String allowed) {
        return text.chars()
                .allMatch(character ->
                        character >= 0x80
                                || isLetter(character)
                                || isDigit(character)
                                || allowed.indexOf(character) >= 0);
    }

    private static boolean isLetter(int character) {
        return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
    }

    private static boolean isDigit(int character) {
        return character >= '0' && character <= '9';
    }

    String hostname() {
        String name = host.substring(0, host.length() - portWithColon().length());
        return name.startsWith("[") && name.endsWith("]")
                ? name.substring(1, name.length() - 1)
                : name;
    }

    String port() {
        return portWithColon().isEmpty() ? "" : portWithColon().substring(1);
    }

    private String portWithColon() {
        int colon = host.lastIndexOf(':');
        return colon >= 0 && isPort(host.substring(colon)) ? host.substring(colon) : "";
    }

    /// Names with their values, in the order of the text; pairs that cannot be read are left out.
    Map<String, List<String>> parameters() {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            Optional<String> name = unescaped(equals < 0 ? pair : pair.substring(0, equals), true);
            Optional<String> value = unescaped(equals < 0 ? "" : pair.substring(equals + 1), true);
            if (!pair.isEmpty() && !pair.contains(";") && name.isPresent() && value.isPresent()) {
                parameters.computeIfAbsent(name.get(), _ -> new ArrayList<>()).add(value.get());
            }
        }
        return parameters;
    }
}
