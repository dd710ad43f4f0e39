package dev.callboard.download.net;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What may be reached. Denied entries win over allowed ones; what is in neither list must be public and on a permitted
 * port.
 */
public final class AddressRules {
    private final List<HostRule> allow;
    private final List<HostRule> deny;
    private final Set<Integer> ports;

    /**
     * Reads the operator's lists.
     *
     * @param allow hosts and networks that may be reached although they are private, on any port unless an entry names one
     * @param deny hosts and networks that are never reached
     * @param ports what is permitted elsewhere
     * @throws IllegalArgumentException with a sentence without a full stop that names the wrong entry
     */
    public AddressRules(List<String> allow, List<String> deny, Set<Integer> ports) {
        this.allow = allow.stream().map(HostRule::parse).toList();
        this.deny = deny.stream().map(HostRule::parse).toList();
        this.ports = Set.copyOf(ports);
    }

    /** Why a host is not even looked up. */
    Optional<String> objection(String host, int port) {
        return deny.stream().anyMatch(rule -> rule.matchesName(host, port))
                ? Optional.of(denied(host))
                : Optional.empty();
    }

    /** Why an address must not be connected to, as a sentence that does not give the address away. */
    Optional<String> objection(String host, int port, InetAddress address) {
        Optional<InetAddress> embedded = PublicInternet.embedded(address);
        if (deny.stream()
                .anyMatch(rule -> rule.matchesAddress(address, port)
                        || embedded.filter(inner -> rule.matchesAddress(inner, port))
                                .isPresent())) {
            return Optional.of(denied(host));
        }
        if (allow.stream().anyMatch(rule -> rule.matchesName(host, port) || rule.matchesAddress(address, port))) {
            return Optional.empty();
        }
        if (!PublicInternet.contains(address)) {
            return Optional.of(
                    "'" + host + "' is in a private or reserved network; the server's operator can allow it.");
        }
        return ports.contains(port)
                ? Optional.empty()
                : Optional.of("Port " + port + " is not among those that may be reached: "
                        + String.join(
                                ", ",
                                ports.stream().sorted().map(String::valueOf).toList()) + ".");
    }

    private static String denied(String host) {
        return "The server's operator does not allow '" + host + "'.";
    }
}
