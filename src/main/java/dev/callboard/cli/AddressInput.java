package dev.callboard.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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

    /** The last segment of the path, else the host. */
    static String name(String input) {
        URI address = URI.create(input);
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
                    HttpRequest.newBuilder(URI.create(input))
                            .timeout(Duration.ofSeconds(60))
                            .build(),
                    HttpResponse.BodyHandlers.ofInputStream());
            if (answer.statusCode() == 200) {
                return answer.body();
            }
            answer.body().close();
            throw RunRequest.unreadable(input, "it answered " + answer.statusCode());
        } catch (IOException | IllegalArgumentException e) {
            throw RunRequest.unreadable(input, e.toString());
        }
    }
}
