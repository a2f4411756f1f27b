package dev.slipway.apiserver.wire;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// One media type of a header, with its parameters: `application/json;as=Table;v=v1;g=meta.k8s.io`.
///
/// @param type in lower case, without parameters
/// @param parameters by lower-case name, the quality left out
/// @param quality how much it is wanted, 0 to 1
public record MediaRange(String type, Map<String, String> parameters, double quality) {
    /// How many entries of an Accept header are looked at.
    public static final int MAX_ENTRIES = 32;

    /// The entries of an Accept header, the most wanted first.
    public static List<MediaRange> all(String header) {
        var ranges = new ArrayList<MediaRange>();
        Arrays.stream(header.split(",", MAX_ENTRIES + 1))
                .limit(MAX_ENTRIES)
                .filter(one -> !one.isBlank())
                .forEach(one -> ranges.add(parse(one)));
        ranges.sort(Comparator.comparingDouble(MediaRange::quality).reversed());
        return ranges;
    }

    static MediaRange parse(String text) {
        var parts = text.split(";");
        Map<String, String> parameters = new LinkedHashMap<>();
        double quality = 1;
        for (var part : Arrays.asList(parts).subList(1, parts.length)) {
            var equals = part.indexOf('=');
            if (equals < 0) {
                continue;
            }
            var name = part.substring(0, equals).strip().toLowerCase(Locale.ROOT);
            var value = part.substring(equals + 1).strip().replace("\"", "");
            if (name.equals("q")) {
                quality = parseQuality(value);
            } else {
                parameters.put(name, value);
            }
        }
        return new MediaRange(parts[0].strip().toLowerCase(Locale.ROOT), parameters, quality);
    }

    public String parameter(String name) {
        return parameters.getOrDefault(name, "");
    }

    private static double parseQuality(String value) {
        try {
            return Double.parseDouble(value);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
