package dev.callboard.net;

import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Whose certificates are trusted. */
final class Authorities {
    private Authorities() {}

    /** Those of the Java runtime, and these. */
    static TrustOptions with(List<X509Certificate> own) {
        try {
            KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
            all.load(null, null);
            int number = 0;
            for (X509Certificate each : trusting(null).getAcceptedIssuers()) {
                all.setCertificateEntry("usual-" + number++, each);
            }
            for (X509Certificate each : own) {
                all.setCertificateEntry("own-" + number++, each);
            }
            return TrustOptions.wrap(trusting(all));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the Java runtime has no trust store", e);
        }
    }

    /** @param store null for the runtime's own */
    @SuppressWarnings("NullAway") // The factory takes null for the runtime's own.
    private static X509TrustManager trusting(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        for (TrustManager each : factory.getTrustManagers()) {
            if (each instanceof X509TrustManager manager) {
                return manager;
            }
        }
        throw new GeneralSecurityException("no trust manager for X.509");
    }
}
