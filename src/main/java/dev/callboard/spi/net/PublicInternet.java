package dev.callboard.spi.net;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Which addresses belong to the public internet, after the registries of special purpose addresses (RFC 6890). */
final class PublicInternet {
    private static final List<Network> RESERVED_V4 = networks(
            "0.0.0.0/8", // this network
            "10.0.0.0/8", // private
            "100.64.0.0/10", // shared by carriers
            "127.0.0.0/8", // loopback
            "169.254.0.0/16", // link-local, and the metadata of clouds
            "172.16.0.0/12", // private
            "192.0.0.0/24", // protocol assignments
            "192.0.2.0/24", // documentation
            "192.88.99.0/24", // relays of 6to4
            "192.168.0.0/16", // private
            "198.18.0.0/15", // benchmarks
            "198.51.100.0/24", // documentation
            "203.0.113.0/24", // documentation
            "224.0.0.0/4", // multicast
            "240.0.0.0/4"); // reserved, and broadcast

    /** All else of IPv6 is loopback, private, link-local, multicast or not given out. */
    private static final Network GLOBAL_V6 = Network.of("2000::/3");

    private static final List<Network> RESERVED_V6 = networks(
            "2001::/23", // protocol assignments, Teredo among them
            "2001:db8::/32", // documentation
            "2002::/16", // 6to4
            "3fff::/20"); // documentation

    /** IPv6 that stands for an IPv4 address in the last four bytes. */
    private static final Network NAT64 = Network.of("64:ff9b::/96");

    private PublicInternet() {}

    private static List<Network> networks(String... texts) {
        return Stream.of(texts).map(Network::of).toList();
    }

    static boolean contains(InetAddress address) {
        if (address instanceof Inet4Address) {
            return RESERVED_V4.stream().noneMatch(network -> network.contains(address));
        }
        Optional<InetAddress> embedded = embedded(address);
        if (embedded.isPresent()) {
            return contains(embedded.get());
        }
        return GLOBAL_V6.contains(address) && RESERVED_V6.stream().noneMatch(network -> network.contains(address));
    }

    /** The IPv4 address that a translator would connect to. IPv4-mapped addresses are IPv4 to Java already. */
    static Optional<InetAddress> embedded(InetAddress address) {
        return NAT64.contains(address)
                ? Optional.of(IpLiteral.ofBytes(Arrays.copyOfRange(address.getAddress(), 12, 16)))
                : Optional.empty();
    }
}
