package dev.callboard.http;

import dev.callboard.bus.Address;
import dev.callboard.bus.Bus;
import dev.callboard.engine.WorkMessages;
import dev.callboard.engine.WorkMessages.BeatWork;
import dev.callboard.engine.WorkMessages.CompleteWork;
import dev.callboard.engine.WorkMessages.FailWork;
import dev.callboard.engine.WorkMessages.LogWork;
import dev.callboard.engine.WorkMessages.ProgressWork;
import dev.callboard.engine.WorkMessages.ReleaseWork;
import dev.callboard.engine.WorkMessages.Work;
import dev.callboard.engine.WorkMessages.WorkAlive;
import dev.callboard.engine.WorkMessages.WorkDone;
import dev.callboard.workers.WorkersMessages;
import dev.callboard.workers.WorkersMessages.AbandonTake;
import dev.callboard.workers.WorkersMessages.AwaitWork;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What workers ask for, by a call or in a frame, in the shape of the contract's bodies. These were checked before. */
final class WorkCalls {
    /** What can be said of work, as an operation of the contract or the {@code op} of a frame names it. */
    static final List<String> VERBS = List.of("beat", "progress", "log", "complete", "fail");

    /** Results are stored before they are answered, and may be large. */
    private static final long STORE_MS = 30_000;

    private static final Logger LOG = LoggerFactory.getLogger(WorkCalls.class);

    private final Bus bus;
    private final boolean trusted;

    /** @param trusted whether workers show who they are, so that they may have secrets */
    WorkCalls(Bus bus, boolean trusted) {
        this.bus = bus;
        this.trusted = trusted;
    }

    /** A question for work on its way. */
    record Take(String id, Future<Optional<Work>> work) {}

    /**
     * Waits for work.
     *
     * @param body {@code {types, name}}
     * @param polls whether the worker has no connection
     */
    Take take(Map<?, ?> body, boolean polls, Duration patience) {
        String id = UUID.randomUUID().toString();
        AwaitWork ask = new AwaitWork(id, types(body), String.valueOf(body.get("name")), trusted, polls, patience);
        return new Take(
                id,
                bus.ask(WorkersMessages.TAKE, ask, patience.toMillis() + STORE_MS)
                        .map(taken -> Optional.ofNullable(taken.work())));
    }

    static List<String> types(Map<?, ?> body) {
        return body.get("types") instanceof List<?> types
                ? types.stream().map(String::valueOf).distinct().toList()
                : List.of();
    }

    /** Nobody waits for that answer any more. */
    void abandon(Take take) {
        bus.ask(WorkersMessages.ABANDON, new AbandonTake(take.id()))
                .onFailure(failure -> LOG.debug("a question could not be withdrawn", failure));
    }

    /** The worker is gone before it saw its work. */
    void release(Work work) {
        bus.ask(WorkMessages.RELEASE, new ReleaseWork(work.executionId(), work.lease()))
                .onFailure(failure -> LOG.debug("{} could not be given back", work.executionId(), failure));
    }

    /** Says one of {@link #VERBS} of work. */
    Future<Map<String, @Nullable Object>> say(String verb, String executionId, Map<?, ?> body) {
        String lease = String.valueOf(body.get("lease"));
        return switch (verb) {
            case "beat" -> alive(WorkMessages.BEAT, new BeatWork(executionId, lease));
            case "progress" ->
                alive(
                        WorkMessages.PROGRESS,
                        new ProgressWork(
                                executionId,
                                lease,
                                number(body, "done"),
                                number(body, "total"),
                                body.get("message") instanceof String text ? text : null));
            case "log" ->
                alive(
                        WorkMessages.LOG,
                        new LogWork(
                                executionId,
                                lease,
                                body.get("lines") instanceof List<?> lines
                                        ? lines.stream().map(String::valueOf).toList()
                                        : List.of()));
            case "complete" -> done(WorkMessages.COMPLETE, new CompleteWork(executionId, lease, body.get("output")));
            case "fail" -> done(WorkMessages.FAIL, failure(executionId, lease, body));
            default -> throw new IllegalArgumentException(verb);
        };
    }

    private static FailWork failure(String executionId, String lease, Map<?, ?> body) {
        return new FailWork(
                executionId,
                lease,
                body.get("code") instanceof String code ? code : "worker_failed",
                String.valueOf(body.get("error")),
                !Boolean.FALSE.equals(body.get("retryable")),
                body.get("retry_after_seconds") instanceof Number seconds
                        ? Duration.ofMillis((long) (seconds.doubleValue() * 1_000))
                        : null);
    }

    private static long number(Map<?, ?> body, String key) {
        return body.get(key) instanceof Number number ? number.longValue() : 0;
    }

    private <Q extends Record> Future<Map<String, @Nullable Object>> alive(Address<Q, WorkAlive> address, Q ask) {
        return bus.ask(address, ask).map(alive -> {
            Map<String, @Nullable Object> body = new LinkedHashMap<>();
            body.put("lease_until", alive.until().toString());
            body.put("cancel", alive.end() == null ? null : alive.end().word());
            return body;
        });
    }

    private <Q extends Record> Future<Map<String, @Nullable Object>> done(Address<Q, WorkDone> address, Q ask) {
        return bus.ask(address, ask, STORE_MS).map(done -> {
            Map<String, @Nullable Object> body = new LinkedHashMap<>();
            body.put("status", done.status());
            body.put("error", done.error());
            return body;
        });
    }

    /** Work as it is sent. */
    static Map<String, @Nullable Object> body(Work work) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("kind", "work");
        body.put("execution_id", work.executionId());
        body.put("lease", work.lease());
        body.put("task_id", work.taskId());
        body.put("stage", work.stage());
        body.put("stage_type", work.stageType());
        body.put("attempt", work.attempt());
        body.put("settings", work.settings());
        body.put("input", work.input());
        body.put("deadline", work.deadline().toString());
        body.put("lease_ms", work.leaseLasts().toMillis());
        return body;
    }
}
