package dev.callboard.http;

import dev.callboard.bus.Bus;
import dev.callboard.engine.WorkMessages.Work;
import dev.callboard.engine.WorkMessages.WorkEnded;
import dev.callboard.feed.FeedFrames;
import dev.callboard.json.Json;
import dev.callboard.json.JsonSyntaxException;
import dev.callboard.problem.Problem;
import dev.callboard.problem.Violation;
import dev.callboard.workers.WorkersMessages;
import dev.callboard.workers.WorkersMessages.CloseConnection;
import dev.callboard.workers.WorkersMessages.OfferTypes;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One worker with a connection: it offers types, takes work as often as it says, and says of it what the calls say too. Its
 * leases outlive the connection: with another one it can go on.
 */
final class WorkerConnection {
    /** How much work one connection may wait for at once. */
    private static final int MAX_TAKES = 100;

    /** How often it is asked anew for work while none comes. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** How long to wait before work is asked for again that could not be asked for. */
    private static final long AGAIN_MS = 1_000;

    private final WorkerSockets sockets;
    private final Vertx vertx;
    private final Bus bus;
    private final WorkCalls calls;
    private final ServerWebSocket socket;
    private final WorkerAnswers answers;
    private final String id = UUID.randomUUID().toString();
    private final Map<String, String> leases = new HashMap<>();
    private @Nullable Map<?, ?> offer;
    private Future<?> offering = Future.succeededFuture();
    private WorkCalls.@Nullable Take take;
    private int wanted;
    private int missedPongs;

    WorkerConnection(
            WorkerSockets sockets, Vertx vertx, Bus bus, WorkCalls calls, ServerWebSocket socket, int maxBytes) {
        this.sockets = sockets;
        this.vertx = vertx;
        this.bus = bus;
        this.calls = calls;
        this.socket = socket;
        this.answers = new WorkerAnswers(socket, sockets::dropped);
        socket.frameHandler(new FeedFrames(
                socket,
                maxBytes,
                this::received,
                bytes -> answers.error(Map.of(), "invalid_frame", "Send JSON objects in text frames.", List.of())));
        socket.pongHandler(pong -> missedPongs = 0);
        socket.drainHandler(drained -> {
            if (!socket.isClosed()) {
                socket.resume();
            }
        });
    }

    private void received(String text) {
        Object value;
        try {
            value = Json.parse(text);
        } catch (JsonSyntaxException e) {
            answers.error(Map.of(), "invalid_frame", "The frame is not valid JSON: " + e.getMessage(), List.of());
            return;
        }
        Map<?, ?> frame = value instanceof Map<?, ?> map ? map : Map.of();
        String op = String.valueOf(frame.get("op"));
        Map<Object, @Nullable Object> body = new LinkedHashMap<>(frame);
        body.remove("op");
        if (op.equals("offer")) {
            checked("takeWork", frame, body, () -> offer(frame, body));
        } else if (op.equals("take")) {
            take(frame, body);
        } else if (WorkCalls.VERBS.contains(op)) {
            if (!(body.remove("execution_id") instanceof String executionId)) {
                answers.error(frame, "invalid_frame", "'execution_id' must be a text.", List.of());
                return;
            }
            checked(op + "Work", frame, body, () -> say(op, executionId, frame, body));
        } else {
            answers.error(
                    frame,
                    "unknown_op",
                    "'op' must be offer, take, " + String.join(", ", WorkCalls.VERBS) + ".",
                    List.of());
        }
        if (!socket.isClosed() && socket.writeQueueFull()) {
            // Who does not read the answers is not listened to either, else their number would have no limit.
            socket.pause();
        }
    }

    private void checked(String operationId, Map<?, ?> frame, Map<?, ?> body, Runnable then) {
        List<Violation> faults = sockets.faults(operationId, body);
        if (faults.isEmpty()) {
            then.run();
        } else {
            Violation first = faults.get(0);
            answers.error(
                    frame,
                    "invalid_frame",
                    "The frame is not what this op takes: " + first.pointer() + " " + first.sentence(),
                    faults);
        }
    }

    private void offer(Map<?, ?> frame, Map<?, ?> body) {
        String name = String.valueOf(body.get("name"));
        offering = bus.ask(WorkersMessages.OFFER, new OfferTypes(id, name, WorkCalls.types(body)))
                .onSuccess(noted -> {
                    offer = body;
                    Map<String, @Nullable Object> answer = WorkerAnswers.answer("offered", frame);
                    answer.put("types", WorkCalls.types(body));
                    answer.put("name", name);
                    answers.send(answer);
                })
                .onFailure(failure -> answers.failed(frame, failure));
    }

    private void take(Map<?, ?> frame, Map<?, ?> body) {
        if (!body.isEmpty()) {
            answers.error(frame, "invalid_frame", "'take' takes nothing else.", List.of());
        } else if (offer == null) {
            answers.error(
                    frame,
                    "no_offer",
                    "Offer types first: {\"op\": \"offer\", \"types\": [...], \"name\": ...}.",
                    List.of());
        } else if (wanted >= MAX_TAKES) {
            answers.error(
                    frame, "too_many_takes", "One connection waits for at most " + MAX_TAKES + " works.", List.of());
        } else {
            wanted++;
            ask();
        }
    }

    /** Waits for the next work, one question at a time. */
    private void ask() {
        Map<?, ?> offered = offer;
        if (take != null || wanted == 0 || offered == null || socket.isClosed()) {
            return;
        }
        WorkCalls.Take asked = calls.take(offered, false, PATIENCE);
        take = asked;
        asked.work()
                .onSuccess(work -> {
                    take = null;
                    taken(work);
                    ask();
                })
                .onFailure(failure -> {
                    take = null;
                    boolean refused = Bus.problemOf(failure)
                            .filter(problem -> problem.kind() == Problem.Kind.FORBIDDEN)
                            .isPresent();
                    if (refused) {
                        wanted = 0;
                        answers.failed(Map.of("op", "take"), failure);
                    } else {
                        vertx.setTimer(AGAIN_MS, timer -> ask());
                    }
                });
    }

    private void taken(Optional<Work> work) {
        if (work.isEmpty()) {
            return;
        }
        if (socket.isClosed()) {
            calls.release(work.get());
            return;
        }
        wanted--;
        leases.put(work.get().executionId(), work.get().lease());
        answers.send(WorkCalls.body(work.get()));
    }

    private void say(String op, String executionId, Map<?, ?> frame, Map<?, ?> body) {
        boolean ends = op.equals("complete") || op.equals("fail");
        calls.say(op, executionId, body)
                .onSuccess(said -> {
                    if (ends) {
                        leases.remove(executionId);
                    } else {
                        leases.put(executionId, String.valueOf(body.get("lease")));
                    }
                    Map<String, @Nullable Object> answer = WorkerAnswers.answer(ends ? "done" : "alive", frame);
                    answer.putAll(said);
                    answers.send(answer);
                })
                .onFailure(failure -> answers.failed(frame, failure));
    }

    /** Work has an end that its worker did not make. */
    void ended(WorkEnded work) {
        if (leases.remove(work.executionId(), work.lease())) {
            Map<String, @Nullable Object> frame = new LinkedHashMap<>();
            frame.put("kind", "cancel");
            frame.put("execution_id", work.executionId());
            frame.put("lease", work.lease());
            frame.put("reason", work.end().word());
            answers.send(frame);
        }
    }

    void closed() {
        WorkCalls.Take asked = take;
        if (asked != null) {
            calls.abandon(asked);
        }
        // An offer under way would be noted after the end, and never taken back.
        offering.onComplete(
                noted -> bus.ask(WorkersMessages.CLOSE, new CloseConnection(id)).onFailure(sockets::dropped));
    }

    void heartbeat() {
        if (missedPongs >= 2) {
            socket.close().onFailure(sockets::dropped);
            return;
        }
        missedPongs++;
        socket.writePing(Buffer.buffer("callboard")).onFailure(sockets::dropped);
    }

    void close(short code, String reason) {
        socket.close(code, reason).onFailure(sockets::dropped);
    }
}
