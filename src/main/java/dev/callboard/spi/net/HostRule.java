package dev.callboard.spi.net;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One entry of the operator's lists: {@code files.example.org}, {@code *.example.org} (any name below it),
 * {@code 10.0.0.0/8}, {@code ::1}, each with a port or without: {@code files.example.org:9000}, {@code [::1]:9000}.
 *
 * @param name a name, {@code *.} and a name, or empty for a network
 * @param network a range of addresses, or empty for a name
 * @param port the only port, or 0 for any
 */
record HostRule(String name, Optional<Network> network, int port) {
    private static final Pattern NAME =
            Pattern.compile("(\\*\\.)?[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*");
    private static final Pattern WITH_PORT =
            Pattern.compile("(\\[(?<six>[^\\]]+)\\]|(?<other>[^:\\[\\]]+))(:(?<port>\\d{1,5}))?");

    /**
     * Reads an entry.
     *
     * @throws IllegalArgumentException with a sentence without a full stop
     */
    static HostRule parse(String text) {
        String entry = text.strip().toLowerCase(Locale.ROOT);
        Matcher matcher = WITH_PORT.matcher(entry);
        String host = entry;
        int port = 0;
        if (matcher.matches()) {
            host = matcher.group("six") != null ? matcher.group("six") : matcher.group("other");
            port = matcher.group("port") == null ? 0 : Integer.parseInt(matcher.group("port"));
        }
        if (port > 65535) {
            throw new IllegalArgumentException("'" + text + "' has no port up to 65535");
        }
        Optional<Network> network = Network.parse(host);
        if (network.isEmpty() && !NAME.matcher(host).matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is neither a host such as files.example.org nor a network such as 10.0.0.0/8");
        }
        return new HostRule(network.isEmpty() ? host : "", network, port);
    }

    /** Whether it is about a name, before the name is looked up. */
    boolean matchesName(String host, int usedPort) {
        if (network.isPresent() || !matchesPort(usedPort)) {
            return false;
        }
        return name.startsWith("*.") ? host.endsWith(name.substring(1)) : host.equals(name);
    }

    boolean matchesAddress(InetAddress address, int usedPort) {
        return matchesPort(usedPort) && network.isPresent() && network.get().contains(address);
    }

    private boolean matchesPort(int usedPort) {
        return port == 0 || port == usedPort;
    }
}
