package dev.callboard.feed;

import dev.callboard.bus.Bus;
import dev.callboard.engine.ExecutionMessages;
import dev.callboard.engine.PolicyMessages;
import dev.callboard.json.Json;
import dev.callboard.problem.Problem;
import dev.callboard.problem.ProblemException;
import dev.callboard.sinks.SinksMessages;
import dev.callboard.sinks.SinksMessages.ListDeliveries;
import dev.callboard.tasks.TaskMessages;
import dev.callboard.tasks.TaskMessages.GetSnapshot;
import dev.callboard.tasks.TaskMessages.LookAgain;
import dev.callboard.tasks.TaskMessages.SnapshotReply;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Each task as a feed of its own: the task, its attempts, their log lines and its deliveries. Only what somebody follows is encoded. */
public final class TaskTopics {
    private static final Logger LOG = LoggerFactory.getLogger(TaskTopics.class);

    private static final String FAMILY = "task";
    private static final int LOG_LINES = 1_000;

    private final Bus bus;
    private final Feed feed;
    private final String epoch = UUID.randomUUID().toString();
    private final Map<String, Long> revisions = new HashMap<>();
    private final Map<String, String> projects = new HashMap<>();

    /** Lists of deliveries are read one after the other, so that a later one is never overtaken by an earlier one. */
    private Future<?> deliveries = Future.succeededFuture();

    /** Offers the topics {@code task:ID}, and follows tasks. */
    public TaskTopics(Bus bus, Feed feed) {
        this.bus = bus;
        this.feed = feed;
        feed.offerFamily(FAMILY, OfTask::new);
        bus.listen(
                TaskMessages.CHANGED,
                event -> publish(event.task().id(), "task", () -> Map.of("task", TaskBody.task(event.task()))));
        bus.listen(PolicyMessages.CHANGED, event -> policiesChanged(Set.copyOf(event.projectIds())));
        bus.listen(
                ExecutionMessages.CHANGED,
                event -> publish(
                        event.execution().taskId(),
                        "execution",
                        () -> Map.of("execution", TaskBody.execution(event.execution()))));
        bus.listen(SinksMessages.ADDED, event -> deliveriesChanged(event.taskId()));
        bus.listen(SinksMessages.TRIED, event -> deliveriesChanged(event.taskId()));
        bus.listen(
                ExecutionMessages.LOG_ADDED,
                event -> publish(
                        event.taskId(),
                        "log",
                        () -> Map.of("execution_id", event.executionId(), "lines", event.lines())));
    }

    /** One of them. */
    private final class OfTask implements FeedTopic {
        private final String id;

        private OfTask(String id) {
            this.id = id;
        }

        @Override
        public Future<Opening> open(@Nullable Long since, @Nullable String sinceEpoch) {
            return TaskTopics.this.open(id);
        }

        @Override
        public void abandoned() {
            revisions.remove(id);
            projects.remove(id);
        }
    }

    /** Only tasks that somebody follows are read again: policies change often, and many tasks may share one. */
    private void policiesChanged(Set<String> changed) {
        projects.forEach((taskId, project) -> {
            if (changed.contains(project)) {
                bus.publish(TaskMessages.LOOK_AGAIN, new LookAgain(taskId));
            }
        });
    }

    private void deliveriesChanged(String taskId) {
        if (feed.followed(FAMILY + ":" + taskId)) {
            deliveries = deliveries
                    .transform(before -> deliveries(taskId))
                    .onSuccess(list -> publish(taskId, "deliveries", () -> Map.of("deliveries", list)))
                    .onFailure(failure ->
                            LOG.warn("The deliveries of {} cannot be shown: {}", taskId, failure.getMessage()));
        }
    }

    private Future<List<Map<String, @Nullable Object>>> deliveries(String taskId) {
        return bus.ask(SinksMessages.LIST, new ListDeliveries(taskId))
                .map(reply -> reply.deliveries().stream().map(Json::whole).toList());
    }

    private void publish(String taskId, String kind, Supplier<Map<String, Object>> content) {
        String topic = FAMILY + ":" + taskId;
        if (!feed.followed(topic)) {
            return;
        }
        long revision = revisions.merge(taskId, 1L, Long::sum);
        Map<String, @Nullable Object> frame = new LinkedHashMap<>();
        frame.put("topic", topic);
        frame.put("kind", kind);
        frame.put("revision", revision);
        frame.putAll(content.get());
        feed.publish(topic, revision, Json.write(frame));
    }

    private Future<FeedTopic.Opening> open(String taskId) {
        long now = revisions.getOrDefault(taskId, 0L);
        return bus.ask(TaskMessages.SNAPSHOT, new GetSnapshot(taskId, LOG_LINES))
                .compose(reply -> deliveries(taskId).map(list -> {
                    if (feed.followed(FAMILY + ":" + taskId)) {
                        projects.put(taskId, reply.task().templatesOf());
                    }
                    return new FeedTopic.Opening(epoch, now, List.of(snapshot(taskId, now, reply, list)));
                }))
                .recover(failure -> Future.failedFuture(Bus.problemOf(failure)
                        .filter(problem -> problem.kind() == Problem.Kind.NOT_FOUND)
                        .<Throwable>map(problem -> ProblemException.notFound("unknown_topic", problem.detail()))
                        .orElse(failure)));
    }

    private String snapshot(
            String taskId, long revision, SnapshotReply reply, List<Map<String, @Nullable Object>> deliveries) {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("task", TaskBody.task(reply.task()));
        data.put(
                "executions",
                reply.executions().stream().map(TaskBody::execution).toList());
        data.put("log", reply.log());
        data.put("deliveries", deliveries);
        Map<String, @Nullable Object> frame = new LinkedHashMap<>();
        frame.put("topic", FAMILY + ":" + taskId);
        frame.put("kind", "snapshot");
        frame.put("epoch", epoch);
        frame.put("revision", revision);
        frame.put("data", data);
        return Json.write(frame);
    }
}
