package dev.callboard.spi.net;

import java.net.IDN;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What may be reached. Denied entries win over allowed ones; what is in neither list must be public and on a permitted
 * port. Whoever connects to the addresses that {@link #permitted} gives, and to no others, cannot be led elsewhere by a name
 * that changes its address.
 *
 * @since 1.1
 */
public final class AddressRules {
    /** The ports that may be reached on public addresses unless something else is said: 80, 443, 8080, 8443. */
    public static final Set<Integer> USUAL_PORTS = Set.of(80, 443, 8080, 8443);

    /** Public addresses on the usual ports. */
    public static final AddressRules PUBLIC = new AddressRules(List.of(), List.of(), USUAL_PORTS);

    private final List<String> allow;
    private final List<String> deny;
    private final List<String> own;
    private final Set<Integer> ports;
    private final List<HostRule> allowed;
    private final List<HostRule> denied;
    private final List<HostRule> itself;

    /**
     * Reads the operator's lists.
     *
     * @param allow hosts and networks that may be reached although they are private, on any port unless an entry names one
     * @param deny hosts and networks that are never reached
     * @param ports what is permitted elsewhere
     * @throws IllegalArgumentException with a sentence without a full stop that names the wrong entry
     */
    public AddressRules(List<String> allow, List<String> deny, Set<Integer> ports) {
        this(allow, deny, List.of(), ports);
    }

    private AddressRules(List<String> allow, List<String> deny, List<String> own, Set<Integer> ports) {
        this.allow = List.copyOf(allow);
        this.deny = List.copyOf(deny);
        this.own = List.copyOf(own);
        this.ports = Set.copyOf(ports);
        this.allowed = allow.stream().map(HostRule::parse).toList();
        this.denied = deny.stream().map(HostRule::parse).toList();
        this.itself = own.stream().map(HostRule::parse).toList();
    }

    /** These rules with further entries, and other ports. */
    public AddressRules with(List<String> moreAllowed, List<String> moreDenied, Set<Integer> otherPorts) {
        return new AddressRules(joined(allow, moreAllowed), joined(deny, moreDenied), own, otherPorts);
    }

    /**
     * These rules for a server that listens somewhere: it never reaches itself, whatever is allowed.
     *
     * @param addresses where it listens, each with its port
     * @throws IllegalArgumentException as the constructor
     */
    public AddressRules listeningAt(List<String> addresses) {
        return new AddressRules(allow, deny, addresses, ports);
    }

    private static List<String> joined(List<String> some, List<String> more) {
        return List.copyOf(
                new LinkedHashSet<>(Stream.concat(some.stream(), more.stream()).toList()));
    }

    /** What may be reached although it is not public, as it was given. */
    public List<String> allow() {
        return allow;
    }

    /** What is never reached, as it was given. */
    public List<String> deny() {
        return deny;
    }

    /** Where the server itself listens. */
    public List<String> own() {
        return own;
    }

    /** The ports of public addresses. */
    public Set<Integer> ports() {
        return ports;
    }

    /**
     * Why a host can be reached by nobody, whatever its addresses are, as far as that is known without looking it up: it is
     * denied by its name, or it is an IP address that is not permitted.
     *
     * @param host in lower case, IPv6 without brackets
     * @return a sentence
     */
    public Optional<String> objection(String host, int port) {
        if (denied.stream().anyMatch(rule -> rule.matchesName(host, port))) {
            return Optional.of(denied(host));
        }
        try {
            return IpLiteral.of(host).flatMap(address -> objection(host, port, address));
        } catch (RefusedAddress e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** Why an address must not be connected to, as a sentence that does not give the address away. */
    Optional<String> objection(String host, int port, InetAddress address) {
        if (matches(itself, address, port)) {
            return Optional.of(
                    "'" + host + "' with the port " + port + " is this server itself, which it never calls.");
        }
        if (matches(denied, address, port)) {
            return Optional.of(denied(host));
        }
        if (allowed.stream().anyMatch(rule -> rule.matchesName(host, port) || rule.matchesAddress(address, port))) {
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

    private static boolean matches(List<HostRule> rules, InetAddress address, int port) {
        Optional<InetAddress> embedded = PublicInternet.embedded(address);
        return rules.stream()
                .anyMatch(rule -> rule.matchesAddress(address, port)
                        || embedded.filter(inner -> rule.matchesAddress(inner, port))
                                .isPresent());
    }

    /**
     * The addresses of a host that may be connected to, at least one. Blocks while the name is looked up.
     *
     * @param asked a name, an international one in any form, or an IP address without brackets
     * @param lookup asked for names only, and not for denied ones
     * @throws RefusedAddress when none of its addresses may be connected to, with a sentence that gives none of them away
     * @throws UnknownHostException when it has none
     */
    public List<InetSocketAddress> permitted(String asked, int port, HostLookup lookup) throws UnknownHostException {
        String host = asked.contains(":") ? asked : IDN.toASCII(asked).toLowerCase(Locale.ROOT);
        Optional<InetAddress> literal = IpLiteral.of(host);
        Optional<String> objection = objection(host, port);
        if (objection.isPresent()) {
            throw RefusedAddress.forbidden(objection.get());
        }
        InetAddress[] found = literal.isPresent() ? new InetAddress[] {literal.get()} : lookup.lookUp(host);
        List<InetSocketAddress> permitted = new ArrayList<>();
        for (InetAddress address : found) {
            Optional<String> reason = objection(host, port, address);
            if (reason.isEmpty()) {
                permitted.add(new InetSocketAddress(address, port));
            } else {
                objection = reason;
            }
        }
        if (permitted.isEmpty()) {
            throw objection.isPresent() ? RefusedAddress.forbidden(objection.get()) : new UnknownHostException(host);
        }
        return permitted;
    }

    /** Whether an address belongs to the public internet. */
    public static boolean isPublic(InetAddress address) {
        return PublicInternet.contains(address);
    }

    private static String denied(String host) {
        return "The server's operator does not allow '" + host + "'.";
    }
}
