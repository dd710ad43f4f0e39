package dev.callboard.endpoint;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;

/** Whose certificates are trusted: the authorities of the Java runtime, and the operator's. */
final class TrustedAuthorities {
    private TrustedAuthorities() {}

    static DefaultClientTlsStrategy with(List<X509Certificate> own) {
        if (own.isEmpty()) {
            return DefaultClientTlsStrategy.createSystemDefault();
        }
        try {
            KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
            all.load(null, null);
            int number = 0;
            for (TrustManager manager : trusting(null)) {
                if (manager instanceof X509TrustManager known) {
                    for (X509Certificate each : known.getAcceptedIssuers()) {
                        all.setCertificateEntry("runtime-" + number++, each);
                    }
                }
            }
            for (X509Certificate each : own) {
                all.setCertificateEntry("operator-" + number++, each);
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trusting(all), null);
            return new DefaultClientTlsStrategy(context);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the Java runtime has no trust store", e);
        }
    }

    /** @param store null for the runtime's own */
    private static TrustManager[] trusting(KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }
}
