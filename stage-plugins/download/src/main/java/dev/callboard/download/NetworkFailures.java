package dev.callboard.download;

import dev.callboard.spi.net.RefusedAddress;
import dev.callboard.spi.net.WebAddress;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.HttpHostConnectException;
import org.apache.hc.core5.http.MessageConstraintException;

/** Tells what an exception of the network means. IP addresses stay out of the sentences: they are the operator's matter. */
final class NetworkFailures {
    private NetworkFailures() {}

    static DownloadFailure of(IOException e, WebAddress address) {
        String host = "'" + address.host() + "'";
        if (e instanceof RefusedAddress refused) {
            return of(refused);
        }
        if (e instanceof UnknownHostException) {
            return DownloadFailure.passing("host_unknown", "No host " + host + " was found.");
        }
        if (e instanceof SSLHandshakeException || e instanceof SSLPeerUnverifiedException) {
            return DownloadFailure.lasting(
                    "tls_failed", "The certificate of " + host + " is not accepted: " + words(e));
        }
        if (e instanceof ConnectTimeoutException || e instanceof HttpHostConnectException) {
            return DownloadFailure.passing(
                    "connection_failed", "There is no connection to " + host + " on port " + address.port() + ".");
        }
        if (e instanceof SocketTimeoutException) {
            return DownloadFailure.passing("timeout", "The server sent nothing for too long.");
        }
        if (e instanceof ClientProtocolException || e instanceof MessageConstraintException) {
            return DownloadFailure.lasting("bad_answer", "The server's answer is not proper HTTP.");
        }
        return DownloadFailure.passing("connection_failed", "The connection to " + host + " broke.");
    }

    static DownloadFailure of(RefusedAddress refused) {
        return DownloadFailure.lasting(refused.code(), refused.getMessage());
    }

    private static String words(IOException e) {
        String message =
                String.valueOf(e.getMessage()).replaceAll("\\p{C}", " ").strip();
        return message.length() <= 200 ? message : message.substring(0, 200) + "…";
    }
}
