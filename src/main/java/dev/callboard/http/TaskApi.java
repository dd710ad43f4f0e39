package dev.callboard.http;

import dev.callboard.bus.Address;
import dev.callboard.bus.Bus;
import dev.callboard.engine.ExecutionMessages;
import dev.callboard.engine.ExecutionMessages.CancelTask;
import dev.callboard.engine.ExecutionMessages.RetryTask;
import dev.callboard.engine.ExecutionMessages.RunTask;
import dev.callboard.engine.ExecutionMessages.TaskMoved;
import dev.callboard.feed.TaskBody;
import dev.callboard.taskmodel.TaskView;
import dev.callboard.tasks.TaskBoardMessages;
import dev.callboard.tasks.TaskBoardMessages.ArchiveTask;
import dev.callboard.tasks.TaskBoardMessages.ChangeTask;
import dev.callboard.tasks.TaskBoardMessages.ListTasks;
import dev.callboard.tasks.TaskBoardMessages.RestoreTask;
import dev.callboard.tasks.TaskMessages;
import dev.callboard.tasks.TaskMessages.CreateTask;
import dev.callboard.tasks.TaskMessages.GetSelection;
import dev.callboard.tasks.TaskMessages.GetTask;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The calls of tasks. It decides nothing: the tasks' verticle and the engine do. */
final class TaskApi {
    private static final int PAGE = 50;

    /** Longer than usual: under a burst of tasks each takes its turn, and one that is made should be answered. */
    private static final long CREATE_MS = 20_000;

    private final Bus bus;

    TaskApi(Bus bus, Operations operations) {
        this.bus = bus;
        operations.on("createTask", this::create);
        operations.on("listTasks", this::list);
        operations.on("getTask", context -> task(id(context)).map(TaskApi::answer));
        operations.on("archiveTask", this::archive);
        operations.on("getSelection", context -> selection(id(context)));
        operations.on("changeTask", this::change);
        operations.on("restoreTask", this::restore);
        new DecisionApi(bus, operations);
        new TaskBulkApi(bus, operations);
        operations.on(
                "runTask",
                context -> command(
                        ExecutionMessages.RUN,
                        new RunTask(id(context), Requests.text(context, "user_input")),
                        context));
        operations.on("cancelTask", context -> command(ExecutionMessages.CANCEL, new CancelTask(id(context)), context));
        operations.on("retryTask", context -> command(ExecutionMessages.RETRY, new RetryTask(id(context)), context));
    }

    private static String id(RoutingContext context) {
        return context.pathParam("id");
    }

    static Answer answer(TaskView task) {
        return Answer.whole(200, task).withEtag(Long.toString(task.revision()));
    }

    private Future<Answer> create(RoutingContext context) {
        return bus.ask(TaskMessages.CREATE, new CreateTask(Requests.body(context), Requests.makes(context)), CREATE_MS)
                .map(reply -> {
                    if (reply.warnings().isEmpty()) {
                        return Answer.whole(201, reply.task());
                    }
                    Map<String, @Nullable Object> body = TaskBody.task(reply.task());
                    body.put("warnings", reply.warnings());
                    return Answer.created(body);
                });
    }

    private Future<Answer> list(RoutingContext context) {
        ListTasks ask = new ListTasks(
                TaskFilters.of(context), Requests.cursor(context), Requests.number(context, "limit", PAGE));
        return bus.ask(TaskBoardMessages.LIST, ask)
                .map(reply -> Answer.ok(TaskBody.page(
                        reply.tasks().stream().map(TaskBody::summary).toList(), reply.next())));
    }

    private Future<Answer> change(RoutingContext context) {
        ChangeTask ask = new ChangeTask(
                id(context),
                Requests.text(context, "title"),
                Requests.text(context, "description"),
                Requests.texts(context, "labels"),
                Requests.ifMatch(context));
        return bus.ask(TaskBoardMessages.CHANGE, ask).map(reply -> answer(reply.task()));
    }

    private Future<Answer> restore(RoutingContext context) {
        return bus.ask(TaskBoardMessages.RESTORE, new RestoreTask(id(context))).map(reply -> answer(reply.task()));
    }

    private Future<TaskView> task(String id) {
        return bus.ask(TaskMessages.GET, new GetTask(id)).map(TaskMessages.TaskReply::task);
    }

    private Future<Answer> archive(RoutingContext context) {
        return bus.ask(TaskBoardMessages.ARCHIVE, new ArchiveTask(id(context))).map(reply -> answer(reply.task()));
    }

    private Future<Answer> selection(String id) {
        return selection(bus, id);
    }

    static Future<Answer> selection(Bus bus, String id) {
        return bus.ask(TaskMessages.SELECTION_GET, new GetSelection(id))
                .map(reply -> Answer.ok(reply).withEtag(Long.toString(reply.revision())));
    }

    private <Q extends Record> Future<Answer> command(
            Address<Q, TaskMoved> address, Q command, RoutingContext context) {
        return bus.ask(address, command).compose(moved -> task(id(context))).map(TaskApi::answer);
    }
}
