package dev.callboard.spi.net;

import java.net.InetAddress;
import java.util.Optional;

/**
 * A range of addresses.
 *
 * @param base any address of it
 * @param bits how many leading bits are the same in all of them
 */
record Network(InetAddress base, int bits) {
    Network {
        if (bits < 0 || bits > 8 * base.getAddress().length) {
            throw new IllegalArgumentException("/" + bits + " is not a length of " + base);
        }
    }

    /**
     * Reads {@code 10.0.0.0/8}, {@code 2001:db8::/32} or a single address.
     *
     * @return empty when the part before the slash is a name
     * @throws IllegalArgumentException with a sentence when it is neither
     */
    static Optional<Network> parse(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        try {
            Optional<InetAddress> base = IpLiteral.of(address);
            if (base.isEmpty()) {
                if (slash >= 0) {
                    throw new IllegalArgumentException("'" + text + "' has a slash but is no network");
                }
                return Optional.empty();
            }
            int all = 8 * base.get().getAddress().length;
            return Optional.of(new Network(base.get(), slash < 0 ? all : Integer.parseInt(text.substring(slash + 1))));
        } catch (RefusedAddress | NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is no network such as 10.0.0.0/8", e);
        }
    }

    /** A network that is known to be one. */
    static Network of(String text) {
        return parse(text).orElseThrow();
    }

    boolean contains(InetAddress address) {
        byte[] own = base.getAddress();
        byte[] other = address.getAddress();
        if (own.length != other.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            if (((own[bit / 8] ^ other[bit / 8]) & (0x80 >> bit % 8)) != 0) {
                return false;
            }
        }
        return true;
    }
}
