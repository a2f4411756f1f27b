package dev.slipway.app;

import dev.slipway.apiserver.oidc.TrustedIssuer;
import dev.slipway.kernel.model.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// The part `oidc` of the configuration: a list of issuers, whose tokens are taken.
final class IssuerSettings {
    static final String NAME = "oidc";

    /// How many issuers there may be.
    static final int MAX_ISSUERS = 32;

    private static final Set<String> KEYS =
            new TreeSet<>(
                    List.of(
                            "issuer",
                            "audience",
                            "user-claim",
                            "user-prefix",
                            "groups-claim",
                            "groups-prefix",
                            "ca-file"));
    private static final String PREFIX = "oidc:";

    private IssuerSettings() {}

    /// @param text the list as JSON
    static List<TrustedIssuer> of(String text) {
        if (!(Json.read(text.getBytes(StandardCharsets.UTF_8)) instanceof List<?> list)) {
            throw new UsageException("oidc wants a list of issuers");
        }
        if (list.size() > MAX_ISSUERS) {
            throw new UsageException(
                    "oidc has %d issuers; there may be %d".formatted(list.size(), MAX_ISSUERS));
        }
        var issuers = new ArrayList<TrustedIssuer>();
        var addresses = new HashSet<URI>();
        for (int i = 0; i < list.size(); i++) {
            var issuer = issuer(list.get(i), "oidc[%d]".formatted(i));
            if (!addresses.add(issuer.address())) {
                throw new UsageException("oidc names %s twice".formatted(issuer.address()));
            }
            issuers.add(issuer);
        }
        return List.copyOf(issuers);
    }

    private static TrustedIssuer issuer(Object value, String place) {
        if (!(value instanceof Map<?, ?> map)) {
            throw new UsageException(place + " wants a mapping with issuer and audience");
        }
        var settings = Json.cast(map);
        for (var entry : settings.entrySet()) {
            check(entry.getKey(), entry.getValue(), place);
        }
        return new TrustedIssuer(
                address(Json.string(settings, "issuer"), place),
                required(settings, "audience", place),
                text(settings, "user-claim", "sub"),
                text(settings, "user-prefix", PREFIX),
                text(settings, "groups-claim", "groups"),
                text(settings, "groups-prefix", PREFIX),
                certificates(Json.string(settings, "ca-file"), place));
    }

    private static void check(String key, Object value, String place) {
        if (!KEYS.contains(key)) {
            throw new UsageException(
                    "%s: unknown key \"%s\"; known are %s"
                            .formatted(place, key, String.join(", ", KEYS)));
        }
        if (!(value instanceof String)) {
            throw new UsageException("%s.%s wants a text".formatted(place, key));
        }
    }

    private static String text(Map<String, Object> settings, String key, String otherwise) {
        return settings.containsKey(key) ? Json.string(settings, key) : otherwise;
    }

    private static String required(Map<String, Object> settings, String key, String place) {
        var text = Json.string(settings, key);
        if (text.isEmpty()) {
            throw new UsageException("%s wants %s".formatted(place, key));
        }
        return text;
    }

    private static URI address(String text, String place) {
        try {
            var address = URI.create(text);
            if (address.getHost() != null && !text.isEmpty()) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            throw new UsageException("%s.issuer: %s".formatted(place, e.getMessage()));
        }
        throw new UsageException(
                "%s.issuer wants an address such as https://login.example, not \"%s\""
                        .formatted(place, text));
    }

    private static String certificates(String file, String place) {
        try {
            return file.isEmpty() ? "" : Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new UsageException("%s.ca-file %s cannot be read".formatted(place, file));
        }
    }
}
