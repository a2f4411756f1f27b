package dev.slipway.kernel.schema;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.regex.Pattern;

/// The formats of texts that are checked; others are taken as they come.
final class Formats {
    /// Longer texts are in no format but `byte`.
    private static final int MAX_LENGTH = 4096;

    private static final String HEX = "[0-9a-fA-F]";
    private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern IPV4 = Pattern.compile("(" + OCTET + "\\.){3}" + OCTET);
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]{2,45}");
    private static final Pattern UUID =
            Pattern.compile(
                    HEX + "{8}-?" + HEX + "{4}-?" + HEX + "{4}-?" + HEX + "{4}-?" + HEX + "{12}");
    private static final Pattern MAC =
            Pattern.compile(HEX + "{2}([:-]" + HEX + "{2}){5}([:-]" + HEX + "{2}){0,2}");
    private static final Pattern HOSTNAME =
            Pattern.compile(
                    "[a-zA-Z0-9]([-a-zA-Z0-9]{0,62})?(\\.[a-zA-Z0-9]([-a-zA-Z0-9]{0,62})?)*\\.?");
    private static final Pattern EMAIL = Pattern.compile("[^@\\s<>]+@[^@\\s<>]+");
    private static final Pattern DURATION =
            Pattern.compile(
                    "[-+]?(\\d+(\\.\\d*)?\\s*(ns|us|µs|μs|ms|s|m|h|d|w|weeks?|days?|hours?|hrs?|minutes?|mins?|seconds?|secs?))+|0");
    private static final Pattern HEX_COLOR = Pattern.compile("#?(" + HEX + "{3}|" + HEX + "{6})");
    private static final Pattern RGB_COLOR =
            Pattern.compile(
                    "rgb\\(\\s*" + OCTET + "\\s*,\\s*" + OCTET + "\\s*,\\s*" + OCTET + "\\s*\\)");

    private Formats() {}

    static boolean accepts(String format, String text) {
        return switch (format) {
            case "" -> true;
            case "byte" -> isBase64(text);
            default -> text.length() <= MAX_LENGTH && acceptsShort(format, text);
        };
    }

    private static boolean acceptsShort(String format, String text) {
        return switch (format) {
            case "date" -> parses(() -> LocalDate.parse(text));
            case "date-time" ->
                    PlainTime.is(text)
                            || parses(() -> OffsetDateTime.parse(text.replace(' ', 'T')));
            case "duration" -> DURATION.matcher(text).matches();
            case "email" -> EMAIL.matcher(text).matches();
            case "hostname" -> text.length() <= 255 && HOSTNAME.matcher(text).matches();
            case "ipv4" -> IPV4.matcher(text).matches();
            case "ipv6" -> isIpv6(text);
            case "cidr" -> isCidr(text);
            case "mac" -> MAC.matcher(text).matches();
            case "uri" -> isUri(text);
            case "uuid" -> UUID.matcher(text).matches();
            case "uuid3" -> isUuid(text, '3');
            case "uuid4" -> isUuid(text, '4');
            case "uuid5" -> isUuid(text, '5');
            case "hexcolor" -> HEX_COLOR.matcher(text).matches();
            case "rgbcolor" -> RGB_COLOR.matcher(text).matches();
            default -> true;
        };
    }

    private static boolean isBase64(String text) {
        try {
            Base64.getDecoder().decode(text.replace("\n", "").replace("\r", ""));
            return text.replaceAll("[\r\n]", "").length() % 4 == 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean parses(Runnable parse) {
        try {
            parse.run();
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    /// Literals only: nothing is looked up.
    private static boolean isIpv6(String text) {
        if (!text.contains(":") || !IPV6.matcher(text).matches()) {
            return false;
        }
        try {
            java.net.Inet6Address.ofLiteral(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isCidr(String text) {
        var slash = text.lastIndexOf('/');
        if (slash < 0 || !text.substring(slash + 1).matches("\\d{1,3}")) {
            return false;
        }
        var bits = Integer.parseInt(text.substring(slash + 1));
        var address = text.substring(0, slash);
        return (IPV4.matcher(address).matches() && bits <= 32) || (isIpv6(address) && bits <= 128);
    }

    private static boolean isUri(String text) {
        try {
            var uri = new URI(text);
            return uri.isAbsolute() || text.startsWith("/");
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static boolean isUuid(String text, char version) {
        return UUID.matcher(text).matches() && text.replace("-", "").charAt(12) == version;
    }
}
