package dev.callboard.spi.net;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * How what {@link AddressRules} permits is connected to.
 *
 * @param proxy through which public addresses are reached, and names that this machine does not know; what is not public is
 *     connected to directly
 * @param authorities certificates that are trusted beside those of the Java runtime
 * @since 1.1
 */
public record Outbound(Optional<Proxy> proxy, List<X509Certificate> authorities) {
    /** Straight to each address, with the authorities of the Java runtime. */
    public static final Outbound DIRECT = new Outbound(Optional.empty(), List.of());

    /** Copies. */
    public Outbound {
        authorities = List.copyOf(authorities);
    }

    /**
     * An HTTP proxy.
     *
     * @param host a name or an IP address, IPv6 without brackets
     * @param login what it asks for, if it asks
     */
    public record Proxy(String host, int port, Optional<Login> login) {}

    /** Who asks a proxy. */
    public record Login(String user, String password) {
        /** Without the password. */
        @Override
        public String toString() {
            return "Login[" + user + "]";
        }
    }
}
