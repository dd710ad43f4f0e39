package dev.callboard.download.net;

import dev.callboard.spi.net.AddressRules;
import dev.callboard.spi.net.HostLookup;
import dev.callboard.spi.net.Outbound.Proxy;
import dev.callboard.spi.net.RefusedAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
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
    private final Optional<Proxy> proxy;

    /** @param proxy the operator's, which may be connected to whatever the rules say */
    Guard(AddressRules rules, HostLookup lookup, Optional<Proxy> proxy) {
        this.rules = Objects.requireNonNull(rules, "rules is null");
        this.lookup = Objects.requireNonNull(lookup, "lookup is null");
        this.proxy = proxy;
    }

    @Override
    public List<InetSocketAddress> resolve(String asked, int port) throws UnknownHostException {
        if (proxy.filter(each -> each.host().equals(asked) && each.port() == port)
                .isPresent()) {
            return Arrays.stream(InetAddress.getAllByName(asked))
                    .map(address -> new InetSocketAddress(address, port))
                    .toList();
        }
        return rules.permitted(asked, port, lookup);
    }

    /**
     * The proxy for a host, when there is one and the host is public or not known here.
     *
     * @throws UnknownHostException when the host may not be reached at all, or is not known and nobody else is to look it up
     */
    Optional<Proxy> proxyFor(String host, int port) throws UnknownHostException {
        if (proxy.isEmpty()) {
            return proxy;
        }
        try {
            return rules.permitted(host, port, lookup).stream()
                            .anyMatch(each -> AddressRules.isPublic(each.getAddress()))
                    ? proxy
                    : Optional.empty();
        } catch (RefusedAddress e) {
            throw e;
        } catch (UnknownHostException e) {
            if (rules.ports().contains(port)) {
                return proxy;
            }
            throw e;
        }
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
