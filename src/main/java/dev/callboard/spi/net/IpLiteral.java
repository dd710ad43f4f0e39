package dev.callboard.spi.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * IP addresses as they stand in a URL. Only the plain spellings count: four decimal numbers, or IPv6 without a zone. The
 * others ({@code 2130706433}, {@code 0x7f.1}, {@code 0}, {@code 127.1}, {@code 0177.0.0.1}) are what some resolvers would
 * take for an address too, and are refused.
 */
final class IpLiteral {
    private static final Pattern LAST_LABEL_IS_NUMBER = Pattern.compile("(.*\\.)?([0-9]+|0[xX][0-9a-fA-F]*)");
    private static final Pattern QUAD = Pattern.compile("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]{2,45}");

    private IpLiteral() {}

    /**
     * Reads a host without brackets.
     *
     * @return empty when it is a name
     * @throws RefusedAddress when it is an address in another spelling
     */
    static Optional<InetAddress> of(String host) throws RefusedAddress {
        if (host.contains(":")) {
            return Optional.of(ipv6(host));
        }
        if (!LAST_LABEL_IS_NUMBER.matcher(host).matches()) {
            return Optional.empty();
        }
        if (!QUAD.matcher(host).matches()) {
            throw RefusedAddress.forbidden(
                    "'" + host + "' is a number that some take for an IP address: write a name, or"
                            + " four numbers such as 192.0.2.1.");
        }
        String[] parts = host.split("\\.");
        byte[] bytes = new byte[4];
        for (int i = 0; i < 4; i++) {
            int part = Integer.parseInt(parts[i]);
            if (part > 255) {
                throw RefusedAddress.invalid("'" + host + "' is not an IP address: " + part + " is greater than 255.");
            }
            bytes[i] = (byte) part;
        }
        return Optional.of(ofBytes(bytes));
    }

    private static InetAddress ipv6(String host) throws RefusedAddress {
        if (host.contains("%")) {
            throw RefusedAddress.forbidden(
                    "'" + host + "' names a network interface of the server, which is not allowed.");
        }
        if (!IPV6.matcher(host).matches()) {
            throw RefusedAddress.invalid("'" + host + "' is not an IPv6 address.");
        }
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw RefusedAddress.invalid("'" + host + "' is not an IPv6 address.");
        }
    }

    /** An address of 4 or 16 bytes. */
    static InetAddress ofBytes(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(bytes.length + " bytes are no address", e);
        }
    }
}
