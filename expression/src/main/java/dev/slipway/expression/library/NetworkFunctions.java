package dev.slipway.expression.library;

import static dev.slipway.expression.library.Parameter.TEXT;

import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import java.util.List;
import java.util.Optional;

/// Addresses and networks: read, looked at, compared.
final class NetworkFunctions {
    /// A network; the address may have bits beyond the prefix.
    record Network(IpAddress address, int prefix) implements Extent {
        @Override
        public long size() {
            return Math.ceilDiv(prefix, Byte.SIZE);
        }

        boolean contains(IpAddress other) {
            return other.bits() == address.bits()
                    && other.masked(prefix).equals(address.masked(prefix));
        }

        boolean contains(Network other) {
            return other.prefix >= prefix && contains(other.address);
        }

        @Override
        public String toString() {
            return address + "/" + prefix;
        }
    }

    private static final Parameter<IpAddress> IP =
            new Parameter<>(OpaqueType.create("net.IP"), IpAddress.class);
    private static final Parameter<Network> CIDR =
            new Parameter<>(OpaqueType.create("net.CIDR"), Network.class);

    static final List<Function> ADDRESSES =
            List.of(
                    Function.global("ip", IP.type(), TEXT, NetworkFunctions::address),
                    Function.global("isIP", SimpleType.BOOL, TEXT, text -> problem(text).isEmpty()),
                    Function.global(
                            "ip.isCanonical",
                            SimpleType.BOOL,
                            TEXT,
                            text -> address(text).toString().equals(text)),
                    Function.global("string", SimpleType.STRING, IP, IpAddress::toString),
                    Function.member(
                            "family", SimpleType.INT, IP, address -> address.isV4() ? 4L : 6L),
                    Function.member("isUnspecified", SimpleType.BOOL, IP, IpAddress::isUnspecified),
                    Function.member("isLoopback", SimpleType.BOOL, IP, IpAddress::isLoopback),
                    Function.member(
                            "isLinkLocalMulticast",
                            SimpleType.BOOL,
                            IP,
                            IpAddress::isLinkLocalMulticast),
                    Function.member(
                            "isLinkLocalUnicast",
                            SimpleType.BOOL,
                            IP,
                            IpAddress::isLinkLocalUnicast),
                    Function.member(
                            "isGlobalUnicast", SimpleType.BOOL, IP, IpAddress::isGlobalUnicast));

    static final List<Function> NETWORKS =
            List.of(
                    Function.global("cidr", CIDR.type(), TEXT, NetworkFunctions::network),
                    Function.global(
                            "isCIDR", SimpleType.BOOL, TEXT, text -> parse(text).isPresent()),
                    Function.global("string", SimpleType.STRING, CIDR, Network::toString),
                    Function.member("containsIP", SimpleType.BOOL, CIDR, IP, Network::contains),
                    Function.member(
                            "containsIP",
                            SimpleType.BOOL,
                            CIDR,
                            TEXT,
                            (network, ip) -> network.contains(address(ip))),
                    Function.member("containsCIDR", SimpleType.BOOL, CIDR, CIDR, Network::contains),
                    Function.member(
                            "containsCIDR",
                            SimpleType.BOOL,
                            CIDR,
                            TEXT,
                            (network, cidr) -> network.contains(network(cidr))),
                    Function.member("ip", IP.type(), CIDR, Network::address),
                    Function.member(
                            "masked",
                            CIDR.type(),
                            CIDR,
                            network ->
                                    new Network(
                                            network.address.masked(network.prefix),
                                            network.prefix)),
                    Function.member(
                            "prefixLength",
                            SimpleType.INT,
                            CIDR,
                            network -> (long) network.prefix));

    private NetworkFunctions() {}

    private static IpAddress address(String text) {
        problem(text)
                .ifPresent(problem -> {
                    throw Failures.invalid(problem);
                });
        return IpAddress.parse(text).orElseThrow();
    }

    private static Optional<String> problem(String text) {
        if (text.contains("%")) {
            return Optional.of("IP address \"" + text + "\" with zone value is not allowed");
        }
        Optional<IpAddress> address = IpAddress.parse(text);
        if (address.isEmpty()) {
            return Optional.of("IP address \"" + text + "\" cannot be parsed");
        }
        return address.filter(IpAddress::isMapped)
                .map(_ -> "IPv4-mapped IPv6 address \"" + text + "\" is not allowed");
    }

    private static Network network(String text) {
        return parse(text)
                .orElseThrow(() ->
                        Failures.invalid("network address \"" + text + "\" cannot be parsed"));
    }

    private static Optional<Network> parse(String text) {
        int slash = text.lastIndexOf('/');
        if (slash < 0 || !text.substring(slash + 1).matches("0|[1-9][0-9]{0,2}")) {
            return Optional.empty();
        }
        int prefix = Integer.parseInt(text.substring(slash + 1));
        return IpAddress.parse(text.substring(0, slash))
                .filter(address -> !address.isMapped() && prefix <= address.bits())
                .map(address -> new Network(address, prefix));
    }
}
