package dev.callboard.http;

import dev.callboard.bus.Bus;
import dev.callboard.engine.WorkMessages.Work;
import dev.callboard.feed.TaskBody;
import dev.callboard.workers.WorkersMessages;
import dev.callboard.workers.WorkersMessages.ListWorkers;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Optional;

/** The calls of workers that have no connection, and who all workers are. */
final class WorkApi {
    /** The calls of workers. */
    static final String PATHS = "/api/work/*";

    private static final String WAIT = "wait";

    private final WorkCalls calls;

    WorkApi(Bus bus, WorkCalls calls, Operations operations) {
        this.calls = calls;
        operations.stream("takeWork", this::take);
        for (String verb : WorkCalls.VERBS) {
            operations.on(
                    verb + "Work", context -> calls.say(verb, context.pathParam("execution"), Requests.object(context))
                            .map(Answer::ok));
        }
        operations.on("listWorkers", context -> bus.ask(WorkersMessages.LIST, new ListWorkers())
                .map(reply -> Answer.ok(TaskBody.page(reply.workers(), null))));
    }

    private void take(RoutingContext context) {
        Duration patience = Duration.ofSeconds(Requests.number(context, WAIT, 0));
        WorkCalls.Take take = calls.take(Requests.object(context), true, patience);
        context.response().exceptionHandler(failure -> calls.abandon(take));
        context.response().closeHandler(closed -> calls.abandon(take));
        take.work().onSuccess(work -> answer(context, work)).onFailure(context::fail);
    }

    private void answer(RoutingContext context, Optional<Work> work) {
        if (context.response().closed()) {
            work.ifPresent(calls::release);
        } else if (work.isPresent()) {
            Answer.ok(WorkCalls.body(work.get())).send(context);
        } else {
            context.response()
                    .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                    .setStatusCode(204)
                    .end();
        }
    }
}
