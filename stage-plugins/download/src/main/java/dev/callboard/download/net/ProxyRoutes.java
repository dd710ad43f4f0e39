package dev.callboard.download.net;

import dev.callboard.spi.net.Outbound.Proxy;
import java.net.UnknownHostException;
import java.util.Optional;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.RouteInfo.LayerType;
import org.apache.hc.client5.http.RouteInfo.TunnelType;
import org.apache.hc.client5.http.routing.HttpRoutePlanner;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.protocol.HttpContext;

/** Goes to public hosts through the operator's proxy, and to others directly. */
final class ProxyRoutes implements HttpRoutePlanner {
    private final Guard guard;

    ProxyRoutes(Guard guard) {
        this.guard = guard;
    }

    @Override
    public HttpRoute determineRoute(HttpHost target, HttpContext context) throws HttpException {
        boolean secure = "https".equals(target.getSchemeName());
        Optional<Proxy> proxy;
        try {
            proxy = guard.proxyFor(target.getHostName(), target.getPort());
        } catch (UnknownHostException e) {
            throw new Refused(e);
        }
        return proxy.map(each -> new HttpRoute(
                        target,
                        null,
                        new HttpHost("http", each.host(), each.port()),
                        secure,
                        secure ? TunnelType.TUNNELLED : TunnelType.PLAIN,
                        secure ? LayerType.LAYERED : LayerType.PLAIN))
                .orElseGet(() -> new HttpRoute(target, null, secure));
    }

    /** Carries why there is no route. */
    static final class Refused extends HttpException {
        private static final long serialVersionUID = 1L;

        private final UnknownHostException why;

        Refused(UnknownHostException why) {
            super(why.getMessage());
            this.why = why;
        }

        UnknownHostException why() {
            return why;
        }
    }
}
