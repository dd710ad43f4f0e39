package dev.callboard.download.net;

import dev.callboard.spi.net.AddressRules;
import dev.callboard.spi.net.HostLookup;
import dev.callboard.spi.net.RefusedAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Objects;
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
        return rules.permitted(asked, port, lookup);
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
