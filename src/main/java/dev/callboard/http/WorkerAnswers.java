package dev.callboard.http;

import dev.callboard.bus.Bus;
import dev.callboard.json.Json;
import dev.callboard.problem.Problem;
import dev.callboard.problem.Violation;
import io.vertx.core.Handler;
import io.vertx.core.http.ServerWebSocket;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the server says to one connected worker. */
final class WorkerAnswers {
    private final ServerWebSocket socket;
    private final Handler<Throwable> dropped;

    /** @param dropped is given what could not be sent */
    WorkerAnswers(ServerWebSocket socket, Handler<Throwable> dropped) {
        this.socket = socket;
        this.dropped = dropped;
    }

    /** Begins an answer to a frame. */
    static Map<String, @Nullable Object> answer(String kind, Map<?, ?> frame) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("kind", kind);
        if (frame.get("op") instanceof String op) {
            answer.put("op", op);
        }
        if (frame.get("execution_id") instanceof String executionId) {
            answer.put("execution_id", executionId);
        }
        return answer;
    }

    /** Says why something asked for did not happen. */
    void failed(Map<?, ?> frame, Throwable failure) {
        Problem problem = Bus.problemOf(failure).orElse(null);
        error(
                frame,
                problem == null ? "internal" : problem.code(),
                problem == null ? "Something went wrong in the server; its log has the details." : problem.detail(),
                problem == null ? List.of() : problem.violations());
    }

    /** Says what is wrong with a frame. */
    void error(Map<?, ?> frame, String code, String detail, List<Violation> errors) {
        Map<String, @Nullable Object> answer = answer("error", frame);
        answer.put("code", code);
        answer.put("detail", detail);
        if (!errors.isEmpty()) {
            answer.put("errors", errors);
        }
        send(answer);
    }

    /** Sends a frame, unless the worker has gone. */
    void send(Map<String, @Nullable Object> frame) {
        if (!socket.isClosed()) {
            socket.writeTextMessage(Json.write(frame)).onFailure(dropped);
        }
    }
}
