package dev.callboard.engine;

import dev.callboard.bus.Caller;
import dev.callboard.engine.Availability.Lack;
import dev.callboard.engine.Engine.Event;
import dev.callboard.engine.StartMessages.MakeTask;
import dev.callboard.engine.Steps.Cause;
import dev.callboard.json.Json;
import dev.callboard.problem.ProblemException;
import dev.callboard.store.Database;
import dev.callboard.taskmodel.Firing;
import dev.callboard.taskmodel.TaskStatus;
import dev.callboard.taskmodel.TaskTrigger;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes tasks. A task, the firing that it comes from and its first attempt are stored together, or nothing is. */
public final class NewTasks {
    private final TaskCommands tasks;
    private final Availability available;
    private final Claims claims;
    private final Clock clock;

    /**
     * Names the parts.
     *
     * @param available says what keeps a task from starting
     * @param claims begins its first attempt
     */
    public NewTasks(TaskCommands tasks, Availability available, Claims claims, Clock clock) {
        this.tasks = tasks;
        this.available = available;
        this.claims = claims;
        this.clock = clock;
    }

    /**
     * What was made.
     *
     * @param again whether the task was there already, so that nothing was done
     * @param moved how it began, null when it has not started
     * @param lack what keeps it from starting, null when nothing does or it was not to start
     */
    public record Made(String id, boolean again, @Nullable StoredTransition moved, @Nullable Lack lack) {}

    /**
     * Makes a task.
     *
     * @param plugins what keeps the plugins of its project from being there, null when nothing does
     * @param place whether there is a place for its first attempt
     */
    public Future<Made> make(MakeTask ask, @Nullable Lack plugins, boolean place) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        String by = Caller.current().name();
        return tasks.make(
                ask,
                now,
                project -> record(ask, project, now, by),
                draft -> begin(draft, ask, plugins, place),
                before -> new Made(before, true, null, null));
    }

    private Made begin(TaskDraft draft, MakeTask ask, @Nullable Lack plugins, boolean place) {
        draft.note("created", "", draft.caller());
        if (!ask.start()) {
            return new Made(ask.id(), false, null, null);
        }
        Optional<Lack> lack = Optional.ofNullable(plugins).or(() -> available.lack(draft.task()));
        if (lack.isPresent()) {
            return new Made(ask.id(), false, null, lack.get());
        }
        draft.note("started", "", draft.caller());
        StoredTransition moved = Steps.take(
                draft,
                Engine.step(draft.task().state(), new Event.Run()).orElseThrow(),
                new Cause(draft.caller(), List.of(), Map.of()));
        return new Made(ask.id(), false, place ? claims.beginNext(draft, moved) : moved, null);
    }

    private static TaskRecord record(MakeTask ask, ProjectRecord project, Instant now, String by) {
        Map<String, Template> named = project.templates().values().stream()
                .filter(template -> template.deletedAt() == null)
                .collect(Collectors.toMap(Template::name, Function.identity()));
        Map<String, Integer> selection = new LinkedHashMap<>();
        for (Template template : project.templates().values()) {
            if (template.deletedAt() == null && ask.stages().contains(template.name())) {
                selection.put(template.id(), template.sortOrder());
            }
        }
        Map<String, @Nullable Object> settings = new LinkedHashMap<>();
        ask.settings().forEach((name, own) -> {
            Template template = named.get(name);
            if (template != null) {
                settings.put(template.id(), own);
            }
        });
        if (selection.size() != ask.stages().size()
                || settings.size() != ask.settings().size()) {
            throw ProblemException.illegalState(
                    Database.CHANGED,
                    "The project was edited at the same moment; look at it, then repeat the request.");
        }
        Firing firing = ask.firing();
        TaskTrigger trigger = firing == null ? null : firing.trigger();
        return TaskRecord.of(
                new TaskRow(
                        ask.id(), TaskStatus.PENDING, now, null, null, ask.userInput(), null, 0, 1, 0, now, null, null),
                new Given(
                        ask.title(),
                        ask.description(),
                        TaskRecordRepository.list(Json.write(ask.input())),
                        TaskRecordRepository.map(Json.write(settings)),
                        Json.write(ask.labels()),
                        by,
                        trigger,
                        now),
                project,
                selection,
                Map.of(),
                Gathered.NOTHING,
                Set.of());
    }
}
