package dev.callboard.tasks;

import dev.callboard.bus.Bus;
import dev.callboard.engine.StartMessages;
import dev.callboard.engine.StartMessages.TasksEdited;
import dev.callboard.problem.ProblemException;
import dev.callboard.store.Database;
import dev.callboard.store.Transaction;
import dev.callboard.taskmodel.TaskStatus;
import dev.callboard.taskmodel.TaskView;
import dev.callboard.tasks.TaskBoardMessages.BoardReply;
import dev.callboard.tasks.TaskBoardMessages.ChangeTask;
import dev.callboard.tasks.TaskBoardMessages.CountsReply;
import dev.callboard.tasks.TaskBoardMessages.GetBoard;
import dev.callboard.tasks.TaskBoardMessages.ListTasks;
import dev.callboard.tasks.TaskBoardMessages.TasksReply;
import dev.callboard.tasks.TaskMessages.TaskChanged;
import dev.callboard.tasks.TaskMessages.TaskReply;
import dev.callboard.tasks.TaskQueryRepository.Found;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Answers what the board asks: lists, numbers, and edits that do not move a task on. */
final class TaskBoard {
    private final Bus bus;
    private final Database database;
    private final TaskQueryRepository queries;
    private final TaskViewRepository views;
    private final LiveTasks live;
    private final TaskLooks looks;
    private final TaskEditRepository edits;
    private final Clock clock;

    TaskBoard(
            Bus bus,
            Database database,
            TaskViewRepository views,
            LiveTasks live,
            TaskLooks looks,
            TaskEditRepository edits,
            Clock clock) {
        this.bus = bus;
        this.database = database;
        this.queries = new TaskQueryRepository(database);
        this.views = views;
        this.live = live;
        this.looks = looks;
        this.edits = edits;
        this.clock = clock;
    }

    void answer() {
        bus.answer(TaskBoardMessages.LIST, this::list);
        bus.answer(TaskBoardMessages.BOARD, this::board);
        bus.answer(TaskBoardMessages.COUNTS, ask -> counts().map(CountsReply::new));
        bus.answer(TaskBoardMessages.CHANGE, this::change);
        bus.answer(TaskBoardMessages.ARCHIVE, ask -> archive(ask.id()));
        bus.answer(TaskBoardMessages.RESTORE, ask -> restore(ask.id()));
    }

    private Future<TasksReply> list(ListTasks ask) {
        return queries.page(ask)
                .compose(found -> listed(found.ids()).map(tasks -> new TasksReply(tasks, found.next())));
    }

    private Future<List<TaskView>> listed(Collection<String> ids) {
        return looks.of(ids, others -> database.read(transaction -> views.listed(transaction, List.copyOf(others))));
    }

    private Future<BoardReply> board(GetBoard ask) {
        return counts().compose(counts -> database.read(transaction -> board(transaction, ask.each()))
                .compose(found -> listed(found.ids()).map(tasks -> new BoardReply(tasks, counts, found.next()))));
    }

    /** All statuses are there. */
    private Future<Map<String, Long>> counts() {
        return database.tally(TaskStatus.TALLY).get(queries::counts).map(known -> {
            Map<String, Long> counts = new LinkedHashMap<>();
            for (TaskStatus status : TaskStatus.values()) {
                counts.put(status.word(), known.getOrDefault(status.word(), 0L));
            }
            return counts;
        });
    }

    /** Those that wait, those that run and the newest, each once. */
    private Future<Found> board(Transaction transaction, int each) {
        return queries.of(transaction, TaskStatus.AWAITING_APPROVAL, true, each)
                .compose(waiting -> queries.of(transaction, TaskStatus.RUNNING, false, each)
                        .compose(running -> queries.newest(transaction, each).map(newest -> {
                            Set<String> ids = new LinkedHashSet<>(waiting);
                            ids.addAll(running);
                            ids.addAll(newest.ids());
                            return new Found(List.copyOf(ids), newest.next());
                        })));
    }

    private Future<TaskView> task(String id) {
        return database.read(transaction -> views.get(transaction, id))
                .compose(view -> live.with(List.of(view)))
                .map(with -> with.get(0));
    }

    private Future<TaskReply> change(ChangeTask ask) {
        ChangeTask checked = TaskEditRepository.checked(ask);
        return write(ask.id(), transaction -> edits.change(transaction, checked, clock.instant()))
                .compose(changed -> publishedTask(ask.id()));
    }

    /** Changes a task by another way than the engine's. */
    private <T> Future<T> write(String taskId, Function<Transaction, Future<T>> edit) {
        return database.write(transaction -> {
            database.outdated(taskId);
            return edit.apply(transaction);
        });
    }

    private Future<TaskReply> archive(String id) {
        return write(id, transaction -> edits.archive(transaction, id, clock.instant()))
                .compose(took -> took
                        ? publishedTask(id)
                        : task(id).map(view -> {
                            if (view.archivedAt() == null) {
                                throw ProblemException.illegalState(
                                        "wrong_status",
                                        "The task is " + view.status() + "; cancel it before it is archived.");
                            }
                            return new TaskReply(view);
                        }));
    }

    /** A task that is not archived is answered as it is. */
    private Future<TaskReply> restore(String id) {
        return write(id, transaction -> edits.restore(transaction, id, clock.instant()))
                .compose(took -> took ? restored(id) : task(id).map(TaskReply::new));
    }

    private Future<TaskReply> restored(String id) {
        bus.publish(StartMessages.TASKS_EDITED, new TasksEdited(List.of(id)));
        return publishedTask(id);
    }

    private Future<TaskReply> publishedTask(String id) {
        return task(id).onSuccess(view -> bus.publish(TaskMessages.CHANGED, new TaskChanged(view, false)))
                .map(TaskReply::new);
    }
}
