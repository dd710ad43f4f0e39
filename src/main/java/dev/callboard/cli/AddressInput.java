package dev.callboard.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;

/**
 * Fetches an {@code http} or {@code https} address that the person who runs the command named, with that person's rights:
 * 10 s to connect, 60 s to answer, redirects followed but never from https to http.
 */
final class AddressInput {
    private AddressInput() {}

    static boolean isAddress(String input) {
        return input.matches("(?i)https?://.+");
    }

    /**
     * The address.
     *
     * @throws dev.callboard.problem.ProblemException {@code unreadable_input} when it is none
     */
    static URI parse(String input) {
        try {
            URI address = new URI(input);
            if (address.getHost() != null) {
                return address;
            }
        } catch (URISyntaxException e) {
            throw RunRequest.unreadable(
                    shown(input),
                    "it is not an address: character " + (e.getIndex() + 1)
                            + " must be written as an escape such as %20 for a blank");
        }
        throw RunRequest.unreadable(shown(input), "it is not an address: it names no host");
    }

    /** The address without name and password, which belong in no message. */
    static String shown(String input) {
        return input.replaceFirst("(?i)^(https?://)[^/?#]*@", "$1");
    }

    /** The last segment of the path, else the host. */
    static String name(String input) {
        URI address = parse(input);
        String path = address.getPath() == null ? "" : address.getPath().replaceFirst("/+$", "");
        String last = path.substring(path.lastIndexOf('/') + 1);
        return last.isEmpty() ? String.valueOf(address.getHost()) : last;
    }

    static InputStream open(String input) throws InterruptedException {
        HttpClient client = HttpClient.newBuilder()
                .connectTimeout(Duration.ofSeconds(10))
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        try {
            HttpResponse<InputStream> answer = client.send(
                    HttpRequest.newBuilder(parse(input))
                            .timeout(Duration.ofSeconds(60))
                            .build(),
                    HttpResponse.BodyHandlers.ofInputStream());
            if (answer.statusCode() == 200) {
                return answer.body();
            }
            answer.body().close();
            throw RunRequest.unreadable(shown(input), "it answered " + answer.statusCode());
        } catch (IOException | IllegalArgumentException e) {
            throw RunRequest.unreadable(shown(input), reason(e));
        }
    }

    private static String reason(Exception failure) {
        if (failure instanceof HttpConnectTimeoutException) {
            return "no connection within 10 s";
        }
        if (failure instanceof HttpTimeoutException) {
            return "no answer within 60 s";
        }
        if (failure instanceof ConnectException) {
            return failure.getCause() instanceof UnresolvedAddressException
                    ? "there is no host of that name"
                    : "nothing answers there: the connection was refused";
        }
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }
}
