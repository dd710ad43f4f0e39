package dev.callboard.dispatch;

import dev.callboard.bus.Bus;
import dev.callboard.engine.ExecutionMessages;
import dev.callboard.engine.ExecutionMessages.ExecutionReply;
import dev.callboard.engine.ExecutionMessages.ExecutionsReply;
import dev.callboard.engine.ExecutionMessages.ListExecutions;
import dev.callboard.engine.ExecutionMessages.TimelineReply;
import dev.callboard.engine.ExecutionViewRepository;
import dev.callboard.engine.LogLineRepository;
import dev.callboard.engine.LogMessages;
import dev.callboard.engine.PolicyMessages;
import dev.callboard.engine.SeenMessages;
import dev.callboard.engine.SeenMessages.GetSeen;
import dev.callboard.engine.SeenMessages.TasksSeen;
import dev.callboard.engine.TaskCache;
import dev.callboard.engine.TimelineRepository;
import dev.callboard.engine.ViewedTasks;
import dev.callboard.palette.StageResolver;
import dev.callboard.store.Database;
import dev.callboard.store.Sql;
import dev.callboard.taskmodel.ExecutionView;
import dev.callboard.taskmodel.LogLine;
import dev.callboard.taskmodel.WaitingFor;
import dev.callboard.taskview.TaskViews;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Answers what is asked about executions: from the database, and what only the dispatcher knows of those that are open. */
final class ExecutionQueries {
    private final Database database;
    private final TaskCache cache;
    private final StageResolver resolver;
    private final Clock clock;
    private final ExecutionViewRepository views;
    private final LogLineRepository logs = new LogLineRepository();
    private final TimelineRepository timeline = new TimelineRepository();
    private final Dispatcher dispatcher;

    ExecutionQueries(Database database, TaskCache cache, StageResolver resolver, Dispatcher dispatcher, Clock clock) {
        this.database = database;
        this.cache = cache;
        this.resolver = resolver;
        this.clock = clock;
        this.views = new ExecutionViewRepository(clock);
        this.dispatcher = dispatcher;
    }

    void answer(Bus bus) {
        bus.answer(ExecutionMessages.GET, ask -> database.read(transaction -> views.get(transaction, ask.id()))
                .map(view -> new ExecutionReply(live(view))));
        bus.answer(SeenMessages.SEEN, ask -> Future.succeededFuture(seen(ask)));
        bus.answer(ExecutionMessages.LIST, this::list);
        bus.answer(ExecutionMessages.OUTPUT, ask -> database.read(transaction -> views.output(transaction, ask.id())));
        bus.answer(
                ExecutionMessages.TIMELINE, ask -> database.read(transaction -> timeline.all(transaction, ask.taskId()))
                        .map(TimelineReply::new));
        bus.answer(
                ExecutionMessages.LOG,
                ask -> database.read(transaction -> views.get(transaction, ask.id())
                        .compose(known -> logs.page(transaction, ask.id(), ask.after(), ask.limit()))));
        bus.answer(
                LogMessages.SEARCH,
                ask -> database.read(transaction ->
                        views.get(transaction, ask.id()).compose(known -> logs.search(transaction, ask))));
        bus.answer(
                PolicyMessages.GET,
                ask -> Future.succeededFuture(dispatcher.queue().policies(ask)));
    }

    private TasksSeen seen(GetSeen ask) {
        TaskViews made = new TaskViews(resolver, clock.instant());
        return new TasksSeen(ask.taskIds().stream()
                .flatMap(id -> cache.find(id).stream())
                .map(task -> made.view(ViewedTasks.of(task)))
                .toList());
    }

    private Future<ExecutionsReply> list(ListExecutions ask) {
        return database.read(
                        transaction -> views.ofTask(transaction, ask.taskId()).compose(found -> {
                            Map<String, List<LogLine>> log = new LinkedHashMap<>();
                            return Sql.inTurn(
                                            ask.logLines() > 0 ? found : List.<ExecutionView>of(),
                                            view -> logs.lastLines(transaction, view.id(), ask.logLines())
                                                    .onSuccess(lines -> log.put(view.id(), lines)))
                                    .map(ignored -> new ExecutionsReply(found, log));
                        }))
                .map(reply -> new ExecutionsReply(
                        reply.executions().stream().map(this::live).toList(), reply.log()));
    }

    /** With what holds it back, and how far it is. */
    private ExecutionView live(ExecutionView view) {
        ExecutionView held = dispatcher
                .queue()
                .held(view.id())
                .map(why -> view.with(new WaitingFor(
                        view.stageTemplateId(),
                        view.stage(),
                        view.id(),
                        why.kind(),
                        why.reason(),
                        why.since(),
                        why.until(),
                        why.until())))
                .orElse(view);
        return dispatcher.progress(view.id()).map(held::with).orElse(held);
    }
}
