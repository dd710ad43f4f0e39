package dev.callboard.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.callboard.bus.Caller;
import dev.callboard.engine.Engine.Event;
import dev.callboard.engine.StageOutcome.Completed;
import dev.callboard.engine.StageOutcome.Failed;
import dev.callboard.engine.StageOutcome.StoredJson;
import dev.callboard.engine.Steps.Cause;
import dev.callboard.engine.TaskDraft.Facts;
import dev.callboard.pipelines.StagePrompt;
import dev.callboard.problem.Ids;
import dev.callboard.problem.ProblemException;
import dev.callboard.taskmodel.ApprovalRule;
import dev.callboard.taskmodel.ExecutionStatus;
import dev.callboard.taskmodel.TaskStatus;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

/**
 * Any commands and outcomes in any order leave a task that the contract allows: without a server, without a database. Late and
 * repeated outcomes are among them.
 */
class TaskRulesProperties {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final int COMMANDS = 40;

    private final TaskRules rules = new TaskRules(new Retries(() -> 0.5));
    private final Ids ids = new Ids(Clock.fixed(START, ZoneOffset.UTC));

    @Property(tries = 300)
    void whateverHappensTheTaskIsOneThatTheContractAllows(@ForAll long seed) {
        Random random = new Random(seed);
        TaskRecord task = task(random);
        List<Attempt> known = new ArrayList<>();
        Set<Long> fences = new HashSet<>();
        for (int i = 0; i < COMMANDS; i++) {
            TaskDraft draft = new TaskDraft(task, new Facts(START.plusSeconds(i), ids, Caller.ENGINE));
            @Nullable Throwable refused = catchThrowable(() -> command(random, draft, known));
            if (refused == null) {
                TaskRecord next = draft.task();
                checkStep(task, next, fences);
                task = next.with(next.row().next());
                known.addAll(task.latest().values());
            } else {
                assertThat(refused).isInstanceOf(ProblemException.class);
            }
            check(task);
        }
    }

    private static TaskRecord task(Random random) {
        Map<String, Template> templates = new LinkedHashMap<>();
        int count = 1 + random.nextInt(5);
        for (int i = 0; i < count; i++) {
            Set<String> before = new LinkedHashSet<>();
            for (int j = 0; j < i; j++) {
                if (random.nextInt(3) == 0) {
                    before.add("t" + j);
                }
            }
            ApprovalRule approval = ApprovalRule.of(random.nextInt(3) == 0 ? "approval" : "none");
            templates.put(
                    "t" + i,
                    new Template(
                            "t" + i,
                            "Stage " + i,
                            "type",
                            i,
                            random.nextBoolean(),
                            List.copyOf(before),
                            Map.of(),
                            Map.of(),
                            random.nextBoolean() ? "again" : null,
                            approval,
                            null,
                            i == 0 && random.nextBoolean(),
                            new StagePrompt(null, StagePrompt.BOTH, null, null),
                            Map.of(),
                            null));
        }
        templates.replaceAll((id, template) -> template.followsPrevious() ? following(template) : template);
        ProjectRecord project = new ProjectRecord(
                new ProjectRecord.Head("p", false, "p", "1"),
                Map.of("again", Map.of("max_attempts", 3)),
                Map.of(),
                List.of(),
                templates);
        return TaskRecord.of(
                new TaskRow("task", TaskStatus.PENDING, START, null, null, null, null, 1, 1, 0, START, null, null),
                new Given("T", "", List.of(), Map.of(), "[]", "local", null, START),
                project,
                Map.of(),
                Map.of(),
                Gathered.NOTHING,
                Set.of());
    }

    private static Template following(Template template) {
        return new Template(
                template.id(),
                template.name(),
                template.type(),
                template.sortOrder(),
                true,
                List.of(),
                template.inputs(),
                template.config(),
                template.policy(),
                template.approval(),
                template.rule(),
                template.locked(),
                template.prompt(),
                template.overrides(),
                null);
    }

    private void command(Random random, TaskDraft draft, List<Attempt> known) {
        TaskRecord task = draft.task();
        Attempt attempt = known.isEmpty() ? null : known.get(random.nextInt(known.size()));
        switch (random.nextInt(9)) {
            case 0 -> take(draft, new Event.Run(), "started");
            case 1 -> {
                if (random.nextInt(6) == 0) {
                    take(draft, new Event.Cancel(), "cancelled");
                }
            }
            case 2 -> take(draft, new Event.Retry(), "retried");
            case 3, 4 -> task.latest().values().forEach(each -> AttemptRules.begin(draft, each));
            case 5, 6 -> {
                if (attempt != null) {
                    rules.finish(draft, attempt, completed(), Optional.empty(), 1);
                }
            }
            case 7 -> {
                if (attempt != null) {
                    Failed failed = new Failed("broken", "It broke.", random.nextBoolean());
                    if (random.nextBoolean()) {
                        rules.finish(draft, attempt, failed, Optional.empty(), 1);
                    } else {
                        rules.cutOff(draft, attempt, failed, 1);
                    }
                }
            }
            default -> approve(draft);
        }
    }

    private static void take(TaskDraft draft, Event event, String verb) {
        TaskRules.command(draft, TaskRules.step(draft.task(), event, verb), verb, null, Caller.ENGINE);
    }

    private static void approve(TaskDraft draft) {
        TaskRecord task = draft.task();
        task.latest().values().stream()
                .filter(each -> each.status() == ExecutionStatus.AWAITING_APPROVAL)
                .findFirst()
                .flatMap(each -> task.latestRow(each.templateId()))
                .ifPresent(row -> {
                    assertThat(AttemptRules.approve(draft, row, "{}", null, Caller.ENGINE))
                            .isTrue();
                    Steps.take(
                            draft,
                            TaskRules.step(draft.task(), new Event.Approved(row.templateId()), "approved"),
                            new Cause(Caller.ENGINE, List.of(row.id()), Map.of()));
                });
    }

    private static Completed completed() {
        return new Completed(
                new StoredJson("1", null, 1),
                1,
                Map.of("key", new StoredJson("1", null, 1)),
                Map.of(),
                new StageOutcome.Facts(0, null));
    }

    /** What one decision may change. */
    private static void checkStep(TaskRecord before, TaskRecord after, Set<Long> fences) {
        after.attempts().forEach((id, row) -> {
            AttemptRow was = before.attempts().get(id);
            if (was == null) {
                assertThat(fences.add(row.fence())).as("a fence of its own").isTrue();
                assertThat(row.fence()).as("fences grow").isGreaterThan(before.lastFence());
            } else {
                assertThat(row.fence()).isEqualTo(was.fence());
                assertThat(row.number()).isEqualTo(was.number());
                if (was.status() == ExecutionStatus.STALE || was.status() == ExecutionStatus.CANCELLED) {
                    assertThat(row.status()).as("what is over stays so").isEqualTo(was.status());
                }
            }
        });
        assertThat(after.attempts().keySet()).containsAll(before.attempts().keySet());
    }

    /** What holds of each task at any time. */
    private static void check(TaskRecord task) {
        List<AttemptRow> unfinished = task.attempts().values().stream()
                .filter(row -> row.status() == ExecutionStatus.PENDING || row.status() == ExecutionStatus.RUNNING)
                .toList();
        if (task.status() != TaskStatus.RUNNING) {
            assertThat(unfinished).as("only running tasks have work").isEmpty();
        }
        assertThat(unfinished.stream().map(AttemptRow::templateId)).doesNotHaveDuplicates();
        for (AttemptRow row : unfinished) {
            assertThat(task.latestRow(row.templateId()))
                    .as("only the latest works")
                    .contains(row);
            for (String before : task.order().previous(row.templateId())) {
                assertThat(task.latestRow(before).map(AttemptRow::status))
                        .as("what comes before is done")
                        .isPresent()
                        .get()
                        .isIn(ExecutionStatus.COMPLETED, ExecutionStatus.APPROVED, ExecutionStatus.STALE);
            }
        }
        if (task.status() == TaskStatus.COMPLETED) {
            task.order().keys().forEach(key -> assertThat(task.latestRow(key).map(AttemptRow::status))
                    .isPresent()
                    .get()
                    .isIn(ExecutionStatus.COMPLETED, ExecutionStatus.APPROVED));
        }
        if (task.status() == TaskStatus.AWAITING_APPROVAL) {
            assertThat(task.latest().values()).anyMatch(each -> each.status() == ExecutionStatus.AWAITING_APPROVAL);
        }
        assertThat(task.status().open())
                .as("an end has a time")
                .isEqualTo(task.row().completedAt() == null);
        assertThat(task.row().error() == null)
                .as("only failures have a reason")
                .isEqualTo(task.status() != TaskStatus.FAILED);
        task.attempts().values().stream()
                .filter(row -> row.status() == ExecutionStatus.RUNNING)
                .forEach(row -> assertThat(row.startedAt()).isNotNull());
    }
}
