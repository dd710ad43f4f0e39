package dev.callboard.net;

import dev.callboard.spi.net.AddressRules;
import dev.callboard.spi.net.HostLookup;
import dev.callboard.spi.net.Outbound.Proxy;
import dev.callboard.spi.net.RefusedAddress;
import dev.callboard.spi.net.WebAddress;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.ProxyType;
import io.vertx.core.net.SocketAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Finds where a request goes: straight to a checked address, or to a proxy. */
record Route(Supplier<AddressRules> rules, HostLookup lookup, @Nullable Proxy proxy) {
    /** The most addresses of one host that are tried. */
    private static final int MOST = 4;

    /**
     * One way; exactly one of both is there.
     *
     * @param server the address to connect to, as numbers, so that no name is looked up again
     */
    record Way(Optional<SocketAddress> server, Optional<ProxyOptions> via) {}

    /**
     * All ways, the best first. Public addresses are reached through the proxy, if there is one; it looks up names again, also
     * those that this machine does not know.
     */
    List<Way> to(WebAddress url) throws OutboundException {
        AddressRules now = rules.get();
        try {
            List<Way> ways = new ArrayList<>();
            for (InetSocketAddress address : now.permitted(url.host(), url.port(), lookup)) {
                if (proxy != null && AddressRules.isPublic(address.getAddress())) {
                    return List.of(throughProxy(proxy));
                }
                String numbers = address.getAddress().getHostAddress().replaceFirst("%.*", "");
                ways.add(new Way(
                        Optional.of(SocketAddress.inetSocketAddress(address.getPort(), numbers)), Optional.empty()));
            }
            return ways.subList(0, Math.min(MOST, ways.size()));
        } catch (RefusedAddress e) {
            throw OutboundException.lasting(e.code(), String.valueOf(e.getMessage()));
        } catch (UnknownHostException e) {
            if (proxy != null && now.ports().contains(url.port())) {
                return List.of(throughProxy(proxy));
            }
            throw OutboundException.passing("host_unknown", "No host '" + url.host() + "' was found.");
        }
    }

    private static Way throughProxy(Proxy proxy) {
        ProxyOptions options =
                new ProxyOptions().setType(ProxyType.HTTP).setHost(proxy.host()).setPort(proxy.port());
        proxy.login().ifPresent(login -> options.setUsername(login.user()).setPassword(login.password()));
        return new Way(Optional.empty(), Optional.of(options));
    }
}
