package dev.callboard.cli;

import dev.callboard.json.Json;
import dev.callboard.json.JsonSyntaxException;
import dev.callboard.problem.Problem;
import dev.callboard.problem.ProblemException;
import dev.callboard.problem.Violation;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A running server, asked over HTTP; its problems come back as they were sent. */
final class RemoteServer {
    private final URI base;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    RemoteServer(String url) {
        try {
            base = URI.create(url.replaceFirst("/+$", ""));
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid("invalid_server", "--server must be a URL such as http://127.0.0.1:8080.");
        }
        if (base.getScheme() == null || !base.getScheme().matches("https?") || base.getHost() == null) {
            throw ProblemException.invalid("invalid_server", "--server must be a URL such as http://127.0.0.1:8080.");
        }
    }

    Map<?, ?> get(String path) throws IOException, InterruptedException {
        return object(exchange(request(path).GET().build()));
    }

    Map<?, ?> send(String method, String path, @Nullable Object body) throws IOException, InterruptedException {
        HttpRequest.BodyPublisher publisher = body == null
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofByteArray(Json.writeBytes(body));
        HttpRequest.Builder request = request(path).method(method, publisher);
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        return object(exchange(request.build()));
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(60));
    }

    /** The JSON value of an answer. */
    @Nullable
    Object exchange(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<byte[]> response;
        try {
            response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (ConnectException | HttpTimeoutException e) {
            throw ProblemException.unavailable("no_callboard", "No Callboard answers at " + base + ".");
        }
        Object body;
        try {
            body = response.body().length == 0 ? null : Json.parse(response.body());
        } catch (JsonSyntaxException e) {
            throw ProblemException.unavailable("no_callboard", "What answers at " + base + " is not a Callboard.");
        }
        if (response.statusCode() >= 400) {
            throw problem(response.statusCode(), body);
        }
        return body;
    }

    private static Map<?, ?> object(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    private static ProblemException problem(int status, @Nullable Object body) {
        Map<?, ?> map = object(body);
        List<Violation> violations = map.get("errors") instanceof List<?> errors
                ? errors.stream()
                        .map(error -> object(error))
                        .map(error -> new Violation(
                                String.valueOf(error.get("pointer")), String.valueOf(error.get("detail"))))
                        .toList()
                : List.of();
        Problem.Kind kind = status == 404
                ? Problem.Kind.NOT_FOUND
                : status == 400 ? Problem.Kind.INVALID_REQUEST : Problem.Kind.ILLEGAL_STATE;
        return new ProblemException(
                new Problem(kind, String.valueOf(map.get("code")), String.valueOf(map.get("detail")), violations));
    }
}
