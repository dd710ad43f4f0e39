package dev.callboard.triggers;

import dev.callboard.bus.Bus;
import dev.callboard.bus.Caller;
import dev.callboard.problem.Names;
import dev.callboard.problem.Problem;
import dev.callboard.taskmodel.Firing;
import dev.callboard.taskmodel.TaskTrigger;
import dev.callboard.tasks.TaskMessages;
import dev.callboard.tasks.TaskMessages.CreateTask;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks for the tasks of triggers, as anybody asks for a task. */
final class TaskStarter {
    /** Under a burst of files each takes its turn. */
    private static final long CREATE_MS = 30_000;

    private static final String SERVER = "engine";

    private final Bus bus;

    TaskStarter(Bus bus) {
        this.bus = bus;
    }

    /**
     * What a trigger fires for.
     *
     * @param title of the task; one that no task can have is replaced
     * @param input as in a request for a task
     * @param due null for what is not due at a time
     * @param next when a schedule is due after that
     * @param key of a request that is answered the same when it comes again
     * @param once what must not fire twice
     */
    record Occasion(
            String title,
            List<Map<String, Object>> input,
            @Nullable Instant due,
            @Nullable Instant next,
            @Nullable String key,
            @Nullable String once) {
        Occasion {
            input = List.copyOf(input);
        }

        /** Nothing but now. */
        static Occasion now(String title) {
            return new Occasion(title, List.of(), null, null, null, null);
        }
    }

    /** Starts a task for the source itself; answers the task's id. */
    Future<String> start(Trigger trigger, Occasion occasion) {
        Caller.source(trigger.row().name(), SERVER).enter();
        return ask(trigger, occasion);
    }

    /** Starts a task for whoever asks for it; answers the task's id. */
    Future<String> ask(Trigger trigger, Occasion occasion) {
        TriggerRow row = trigger.row();
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("title", Names.titleFault(occasion.title()).isPresent() ? row.name() : occasion.title());
        request.put("pipeline", row.pipeline());
        request.put("input", occasion.input());
        request.put("auto_start", true);
        Firing firing = new Firing(
                new TaskTrigger(row.id(), row.type(), occasion.due()),
                occasion.next(),
                occasion.key(),
                occasion.once());
        return bus.ask(TaskMessages.CREATE, new CreateTask(request, null, firing), CREATE_MS)
                .map(created -> created.task().id());
    }

    /** Whether the same may succeed later. */
    static boolean passes(Throwable failure) {
        return Bus.problemOf(failure)
                .map(problem ->
                        problem.kind() == Problem.Kind.UNAVAILABLE || problem.kind() == Problem.Kind.STORAGE_FULL)
                .orElse(true);
    }

    /** What a failure says to people. */
    static String reason(Throwable failure) {
        return Bus.problemOf(failure)
                .map(Problem::detail)
                .orElse("The server met an unexpected failure; its log says which.");
    }
}
