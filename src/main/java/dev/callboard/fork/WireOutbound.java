package dev.callboard.fork;

import dev.callboard.spi.net.Outbound;
import dev.callboard.spi.net.Outbound.Login;
import dev.callboard.spi.net.Outbound.Proxy;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How to connect, as it goes over the wire: {@code {host, port, user, password, authorities}}, certificates in Base64. */
final class WireOutbound {
    private WireOutbound() {}

    static Map<String, Object> map(Outbound outbound) {
        Map<String, Object> map = new LinkedHashMap<>();
        outbound.proxy().ifPresent(proxy -> {
            map.put("host", proxy.host());
            map.put("port", proxy.port());
            proxy.login().ifPresent(login -> {
                map.put("user", login.user());
                map.put("password", login.password());
            });
        });
        List<String> authorities = new ArrayList<>();
        try {
            for (X509Certificate each : outbound.authorities()) {
                authorities.add(Base64.getEncoder().encodeToString(each.getEncoded()));
            }
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was read can be written", e);
        }
        map.put("authorities", authorities);
        return map;
    }

    static Outbound of(Map<String, Object> map) {
        Optional<Proxy> proxy = map.get("host") instanceof String host && map.get("port") instanceof Number port
                ? Optional.of(new Proxy(host, port.intValue(), login(map)))
                : Optional.empty();
        List<X509Certificate> authorities = new ArrayList<>();
        try {
            for (Object each : map.get("authorities") instanceof List<?> list ? list : List.of()) {
                byte[] bytes = Base64.getDecoder().decode(String.valueOf(each));
                authorities.add((X509Certificate)
                        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(bytes)));
            }
        } catch (CertificateException e) {
            throw new IllegalStateException("the server sent what is not a certificate", e);
        }
        return new Outbound(proxy, authorities);
    }

    private static Optional<Login> login(Map<String, Object> map) {
        return map.get("user") instanceof String user && map.get("password") instanceof String password
                ? Optional.of(new Login(user, password))
                : Optional.empty();
    }
}
