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
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A running server, asked over HTTP; its problems come back as they were sent. */
final class RemoteServer {
    /** A proxy without its server, a server that starts or ends, one that is too busy. */
    private static final Set<Integer> AWAY = Set.of(502, 503, 504);

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

    Map<?, ?> get(String path) throws InterruptedException {
        return object(exchange(request(path).GET().build()));
    }

    Map<?, ?> send(String method, String path, @Nullable Object body) throws InterruptedException {
        return send(method, path, Map.of(), body);
    }

    /**
     * Sends a JSON value.
     *
     * @param headers beside those that the value needs
     * @param body null for none
     */
    Map<?, ?> send(String method, String path, Map<String, String> headers, @Nullable Object body)
            throws InterruptedException {
        HttpRequest.BodyPublisher publisher = body == null
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofByteArray(Json.writeBytes(body));
        HttpRequest.Builder request = request(path).method(method, publisher);
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        headers.forEach(request::header);
        return object(exchange(request.build()));
    }

    HttpRequest.Builder request(String path) {
        return unlimited(path).timeout(Duration.ofSeconds(60));
    }

    /** For a body that may be slow to come, as a pipe's. */
    HttpRequest.Builder unlimited(String path) {
        return HttpRequest.newBuilder(URI.create(base + path));
    }

    /** The page of a task. */
    URI page(String taskId) {
        return URI.create(base + "/tasks/" + taskId);
    }

    /** What the API says of a task. */
    URI api(String taskId) {
        return URI.create(base + "/api/tasks/" + taskId);
    }

    /**
     * The JSON value of an answer.
     *
     * @throws ProblemException what the server answered; of the kind {@code UNAVAILABLE} when it, or what stands before it, does not
     *     answer now and may do later
     */
    @Nullable
    Object exchange(HttpRequest request) throws InterruptedException {
        HttpResponse<byte[]> response;
        try {
            response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (ConnectException | HttpTimeoutException e) {
            throw away("No Callboard answers at " + base + ".");
        } catch (IOException e) {
            throw away("The connection to " + base + " broke before the answer was there.");
        }
        int status = response.statusCode();
        Object body;
        try {
            body = response.body().length == 0 ? null : Json.parse(response.body());
        } catch (JsonSyntaxException e) {
            throw AWAY.contains(status)
                    ? away("No Callboard answers at " + base + ": what stands before it answered " + status + ".")
                    : ProblemException.illegalState("no_callboard", "What answers at " + base + " is not a Callboard.");
        }
        if (status >= 400) {
            throw problem(status, body);
        }
        return body;
    }

    private static ProblemException away(String detail) {
        return ProblemException.unavailable("no_callboard", detail);
    }

    private static Map<?, ?> object(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    private ProblemException problem(int status, @Nullable Object body) {
        Map<?, ?> map = object(body);
        List<Violation> violations = map.get("errors") instanceof List<?> errors
                ? errors.stream()
                        .map(error -> object(error))
                        .map(error -> new Violation(
                                String.valueOf(error.get("pointer")), String.valueOf(error.get("detail"))))
                        .toList()
                : List.of();
        String detail = map.get("detail") instanceof String text ? text : base + " answered " + status + ".";
        return new ProblemException(new Problem(kind(status), String.valueOf(map.get("code")), detail, violations));
    }

    private static Problem.Kind kind(int status) {
        if (AWAY.contains(status)) {
            return Problem.Kind.UNAVAILABLE;
        }
        return switch (status) {
            case 400 -> Problem.Kind.INVALID_REQUEST;
            case 404 -> Problem.Kind.NOT_FOUND;
            case 413 -> Problem.Kind.TOO_LARGE;
            default -> Problem.Kind.ILLEGAL_STATE;
        };
    }
}
