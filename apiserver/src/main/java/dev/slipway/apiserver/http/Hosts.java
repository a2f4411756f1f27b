package dev.slipway.apiserver.http;

import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The names by which this server may be called. A page elsewhere that makes its own name point here is not answered.
///
/// @param names without a port, which then must be the port that was reached; or with one, as a proxy before this
///     server is called
public record Hosts(Set<String> names) {
    private static final List<String> LOOPBACK = List.of("127.0.0.1", "localhost", "[::1]");

    public Hosts {
        var all = new LinkedHashSet<>(LOOPBACK);
        names.forEach(name -> all.add(normal(name)));
        names = Set.copyOf(all);
    }

    /// Whether a `Host` header names this server.
    boolean know(String header, Arrival arrival) {
        var host = normal(header);
        var implied = arrival.secure() ? 443 : 80;
        var suffix = ":" + arrival.port();
        return isExactly(host)
                || (arrival.port() == implied && names.contains(host))
                || (host.endsWith(suffix) && names.contains(cut(host, suffix)))
                || names.contains(host + ":" + implied);
    }

    /// Whether the name with its port is known as such.
    private boolean isExactly(String host) {
        return host.contains(":") && !host.endsWith("]") && names.contains(host);
    }

    private static String cut(String host, String suffix) {
        return host.substring(0, host.length() - suffix.length());
    }

    /// Whether an `Origin` header is that of the pages under this `Host`.
    boolean isOrigin(String origin, String host) {
        try {
            var uri = URI.create(origin);
            var scheme = uri.getScheme();
            var authority = uri.getRawAuthority();
            return authority != null
                    && ("http".equals(scheme) || "https".equals(scheme))
                    && normal(authority).equals(normal(host));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String normal(String name) {
        var lower = name.strip().toLowerCase(Locale.ROOT);
        var bareIpv6 = lower.indexOf(':') != lower.lastIndexOf(':') && !lower.startsWith("[");
        return bareIpv6 ? "[" + lower + "]" : lower;
    }
}
