package dev.callboard.http;

import dev.callboard.bus.Bus;
import dev.callboard.engine.ExecutionMessages;
import dev.callboard.engine.ExecutionMessages.GetExecution;
import dev.callboard.engine.ExecutionMessages.GetLog;
import dev.callboard.engine.ExecutionMessages.GetOutput;
import dev.callboard.engine.LogMessages;
import dev.callboard.engine.LogMessages.SearchLog;
import dev.callboard.feed.TaskBody;
import dev.callboard.problem.ProblemException;
import dev.callboard.tasks.TaskMessages;
import dev.callboard.tasks.TaskMessages.GetSnapshot;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The calls of attempts. */
final class ExecutionApi {
    private static final int MAX_LINES = 1_000;

    private final Bus bus;
    private final BlobApi blobs;

    ExecutionApi(Bus bus, BlobApi blobs, Operations operations) {
        this.bus = bus;
        this.blobs = blobs;
        operations.on("listExecutions", this::list);
        operations.on("getExecution", this::get);
        operations.stream("getOutput", this::output);
        operations.on("getLog", this::log);
    }

    private Future<Answer> list(RoutingContext context) {
        return bus.ask(TaskMessages.SNAPSHOT, new GetSnapshot(context.pathParam("id"), 0))
                .map(reply -> Answer.ok(TaskBody.page(
                        reply.executions().stream().map(TaskBody::execution).toList(), null)));
    }

    private Future<Answer> get(RoutingContext context) {
        return bus.ask(ExecutionMessages.GET, new GetExecution(context.pathParam("id")))
                .map(reply -> Answer.ok(TaskBody.execution(reply.execution())));
    }

    private void output(RoutingContext context) {
        String id = context.pathParam("id");
        bus.ask(ExecutionMessages.OUTPUT, new GetOutput(id))
                .compose(reply -> {
                    if (reply.blob() != null) {
                        return blobs.send(context, reply.blob(), "application/json");
                    }
                    if (reply.json() == null) {
                        return Future.failedFuture(
                                ProblemException.notFound("no_output", "The execution '" + id + "' has no output."));
                    }
                    new Answer(200, "application/json", reply.json(), null)
                            .withSomeEtag()
                            .send(context);
                    return Future.succeededFuture();
                })
                .onFailure(context::fail);
    }

    private Future<Answer> log(RoutingContext context) {
        String id = context.pathParam("id");
        int after = Requests.number(context, "after", 0);
        int limit = Requests.number(context, "limit", MAX_LINES);
        String text = Requests.parameter(context, "q");
        if (text == null) {
            return bus.ask(ExecutionMessages.LOG, new GetLog(id, after, limit))
                    .map(reply -> Answer.ok(TaskBody.page(reply.lines(), reply.next())));
        }
        return bus.ask(LogMessages.SEARCH, new SearchLog(id, text, after, limit))
                .map(reply -> {
                    Map<String, @Nullable Object> body = TaskBody.page(reply.lines(), reply.next());
                    body.put("seqs", reply.seqs());
                    return Answer.ok(body);
                });
    }
}
