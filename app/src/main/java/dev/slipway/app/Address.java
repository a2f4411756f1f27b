package dev.slipway.app;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.OptionalInt;

/// Where a door listens.
///
/// @param host a name or an address, without brackets
/// @param port 0 to 65535; 0 takes any free one
record Address(String host, int port) {
    Address {
        if (host.isEmpty() || port < 0 || port > 65_535) {
            throw new UsageException("\"%s:%d\" is no HOST:PORT".formatted(host, port));
        }
    }

    /// Reads `HOST:PORT`; an IPv6 address stands in brackets.
    static Address of(String option, String text) {
        var colon = text.lastIndexOf(':');
        var port = colon < 1 ? OptionalInt.empty() : number(text.substring(colon + 1));
        if (port.isEmpty()) {
            throw new UsageException("%s wants HOST:PORT, is \"%s\"".formatted(option, text));
        }
        var host = text.substring(0, colon);
        return new Address(
                host.startsWith("[") && host.endsWith("]")
                        ? host.substring(1, host.length() - 1)
                        : host,
                port.getAsInt());
    }

    /// Whether only this machine can reach it.
    boolean loopback() {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    private static OptionalInt number(String text) {
        try {
            return OptionalInt.of(Integer.parseInt(text));
        } catch (NumberFormatException e) {
            return OptionalInt.empty();
        }
    }
}
