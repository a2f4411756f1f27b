package dev.slipway.kernel.kind;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/// Which addresses may be given out, and which ranges lie in others.
final class AddressRules {
    private AddressRules() {}

    /// An address that others can reach.
    static FieldCheck reachable() {
        return FieldChecks.text(AddressRules::problems);
    }

    static List<String> problems(String text) {
        if (!Addresses.isAddress(text)) {
            return List.of("must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)");
        }
        var address = InetAddress.ofLiteral(text);
        var problems = new ArrayList<String>();
        if (address.isAnyLocalAddress()) {
            problems.add("may not be unspecified (" + text + ")");
        }
        if (address.isLoopbackAddress()) {
            problems.add("may not be in the loopback range (127.0.0.0/8, ::1/128)");
        }
        if (address.isLinkLocalAddress()) {
            problems.add("may not be in the link-local range (169.254.0.0/16, fe80::/10)");
        }
        if (address.isMCLinkLocal()) {
            problems.add("may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)");
        }
        return problems;
    }

    /// Whether all of a range lies in another, which is larger.
    static boolean isInside(String range, String other) {
        var inner = bytes(range);
        var outer = bytes(other);
        var bits = bits(other);
        if (inner.length != outer.length || bits(range) <= bits) {
            return false;
        }
        for (int i = 0; i < bits; i++) {
            var mask = 0x80 >> (i % 8);
            if ((inner[i / 8] & mask) != (outer[i / 8] & mask)) {
                return false;
            }
        }
        return true;
    }

    private static byte[] bytes(String range) {
        return InetAddress.ofLiteral(range.substring(0, range.indexOf('/'))).getAddress();
    }

    private static int bits(String range) {
        return Integer.parseInt(range.substring(range.indexOf('/') + 1));
    }
}
