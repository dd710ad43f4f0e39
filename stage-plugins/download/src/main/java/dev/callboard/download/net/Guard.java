package dev.callboard.download.net;

import java.net.IDN;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Gives the client the addresses that it may connect to and no others. It is asked once for each connection and its answer
 * is what is connected to, so a name cannot change its address in between.
 */
final class Guard implements DnsResolver {
    private final AddressRules rules;
    private final HostLookup lookup;

    Guard(AddressRules rules, HostLookup lookup) {
        this.rules = Objects.requireNonNull(rules, "rules is null");
        this.lookup = Objects.requireNonNull(lookup, "lookup is null");
    }

    @Override
    public List<InetSocketAddress> resolve(String asked, int port) throws UnknownHostException {
        // The client asks for the readable form of an international name.
        String host = asked.contains(":") ? asked : IDN.toASCII(asked).toLowerCase(Locale.ROOT);
        Optional<String> objection = rules.objection(host, port);
        if (objection.isPresent()) {
            throw RefusedAddress.forbidden(objection.get());
        }
        Optional<InetAddress> literal = IpLiteral.of(host);
        InetAddress[] found = literal.isPresent() ? new InetAddress[] {literal.get()} : lookup.lookUp(host);
        List<InetSocketAddress> permitted = new ArrayList<>();
        for (InetAddress address : found) {
            Optional<String> reason = rules.objection(host, port, address);
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

    /** Never asked by the client as long as {@link #resolve(String, int)} is there; without a port nothing is permitted. */
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        throw RefusedAddress.forbidden("'" + host + "' was asked for without a port.");
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }
}
