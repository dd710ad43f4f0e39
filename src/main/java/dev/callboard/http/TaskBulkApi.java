package dev.callboard.http;

import dev.callboard.bus.Bus;
import dev.callboard.engine.ExecutionMessages;
import dev.callboard.engine.ExecutionMessages.CancelTask;
import dev.callboard.engine.ExecutionMessages.RetryTask;
import dev.callboard.feed.TaskBody;
import dev.callboard.problem.Problem;
import dev.callboard.tasks.TaskBoardMessages;
import dev.callboard.tasks.TaskBoardMessages.ArchiveTask;
import dev.callboard.tasks.TaskBoardMessages.RestoreTask;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One action for several tasks. Each task is an action of its own: what is refused for one is done for the others. */
final class TaskBulkApi {
    private final Bus bus;

    TaskBulkApi(Bus bus, Operations operations) {
        this.bus = bus;
        operations.on("changeTasks", this::change);
    }

    private Future<Answer> change(RoutingContext context) {
        String action = Objects.requireNonNull(Requests.text(context, "action"), "the contract asks for an action");
        List<Future<Map<String, @Nullable Object>>> results =
                ids(context).stream().map(id -> result(id, act(action, id))).toList();
        return Future.all(results)
                .map(all -> Answer.ok(
                        TaskBody.page(results.stream().map(Future::result).toList(), null)));
    }

    private static Set<String> ids(RoutingContext context) {
        Set<String> ids = new LinkedHashSet<>();
        if (Requests.object(context).get("ids") instanceof List<?> list) {
            list.forEach(id -> ids.add(String.valueOf(id)));
        }
        return ids;
    }

    private Future<?> act(String action, String id) {
        return switch (action) {
            case "cancel" -> bus.ask(ExecutionMessages.CANCEL, new CancelTask(id));
            case "retry" -> bus.ask(ExecutionMessages.RETRY, new RetryTask(id));
            case "archive" -> bus.ask(TaskBoardMessages.ARCHIVE, new ArchiveTask(id));
            case "restore" -> bus.ask(TaskBoardMessages.RESTORE, new RestoreTask(id));
            default -> throw new IllegalStateException("the contract has no action " + action);
        };
    }

    /** What became of one: never a failure. */
    private static Future<Map<String, @Nullable Object>> result(String id, Future<?> done) {
        return done.transform(result -> {
            Map<String, @Nullable Object> item = new LinkedHashMap<>();
            item.put("id", id);
            item.put("ok", result.succeeded());
            if (result.failed()) {
                Optional<Problem> problem = Bus.problemOf(result.cause());
                item.put("code", problem.map(Problem::code).orElse("internal"));
                item.put(
                        "detail",
                        problem.map(Problem::detail).orElse("Something went wrong on the server. Please try again."));
            }
            return Future.succeededFuture(item);
        });
    }
}
