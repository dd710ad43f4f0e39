package dev.callboard.net;

import dev.callboard.spi.net.WebAddress;
import io.netty.handler.codec.DecoderException;
import java.security.cert.CertificateException;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.SSLException;

/** Says what an exception of the network means. IP addresses stay out of the sentences: they are the operator's matter. */
final class CallFailures {
    private CallFailures() {}

    static OutboundException connecting(ExecutionException of, WebAddress url) {
        Throwable failure = cause(of);
        if (failure instanceof OutboundException known) {
            return known;
        }
        if (isOf(failure, SSLException.class) || isOf(failure, CertificateException.class)) {
            return OutboundException.lasting(
                    "tls_failed",
                    "There is no trusted TLS connection to '" + url.host() + "': " + innermost(failure)
                            + ". Its authority can be named in network.ca_file of the server's configuration.");
        }
        return OutboundException.passing(
                "connection_failed", "There is no connection to '" + url.host() + "' on port " + url.port() + ".");
    }

    static OutboundException exchanging(ExecutionException of, WebAddress url) {
        Throwable failure = cause(of);
        if (failure instanceof OutboundException known) {
            return known;
        }
        if (isOf(failure, DecoderException.class) || failure instanceof IllegalArgumentException) {
            return OutboundException.lasting("bad_answer", "The answer of '" + url.host() + "' is not proper HTTP.");
        }
        return OutboundException.passing(
                "connection_broken", "The connection to '" + url.host() + "' broke before there was an answer.");
    }

    private static Throwable cause(ExecutionException of) {
        Throwable cause = of.getCause();
        return cause == null ? of : cause;
    }

    private static boolean isOf(Throwable failure, Class<? extends Throwable> type) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < 20; depth++) {
            if (type.isInstance(cause)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    private static String innermost(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause.getCause() != null && depth < 20; depth++) {
            cause = cause.getCause();
        }
        String message =
                String.valueOf(cause.getMessage()).replaceAll("\\p{C}", " ").strip();
        return message.length() <= 200 ? message : message.substring(0, 200) + "…";
    }
}
