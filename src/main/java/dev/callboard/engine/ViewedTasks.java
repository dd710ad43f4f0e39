package dev.callboard.engine;

import dev.callboard.engine.StageOutcome.StoredJson;
import dev.callboard.json.Json;
import dev.callboard.taskview.ViewedProject;
import dev.callboard.taskview.ViewedProject.ViewedTemplate;
import dev.callboard.taskview.ViewedTask;
import dev.callboard.taskview.ViewedTask.ViewedAttempt;
import dev.callboard.taskview.ViewedTask.ViewedValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Takes from tasks in memory what their views show. Pure. */
public final class ViewedTasks {
    private ViewedTasks() {}

    /** A task, which is not archived. */
    public static ViewedTask of(TaskRecord task) {
        Given given = task.given();
        TaskRow row = task.row();
        Map<String, ViewedValue> values = new LinkedHashMap<>();
        task.values().forEach((key, value) -> {
            StoredJson json = value.value();
            values.put(key, new ViewedValue(value.executionId(), json.inline(), json.sha256(), json.size()));
        });
        Map<String, String> ledger = new LinkedHashMap<>();
        task.ledger().forEach((key, value) -> ledger.put(key, value.json()));
        return new ViewedTask(
                task.project().viewed(),
                new ViewedTask.Head(
                        task.id(),
                        given.title(),
                        given.description(),
                        ((List<?>) Json.read(given.labels(), List.class))
                                .stream().map(String::valueOf).toList(),
                        given.input(),
                        given.trigger(),
                        given.createdBy(),
                        given.createdAt(),
                        null),
                new ViewedTask.Stand(
                        row.status().word(),
                        Objects.requireNonNullElse(row.statusSince(), row.updatedAt()),
                        row.currentStage(),
                        row.error(),
                        row.userInput(),
                        row.suggestions(),
                        row.updatedAt(),
                        row.startedAt(),
                        row.completedAt(),
                        row.revision()),
                task.rows(),
                task.attempts().values().stream().map(ViewedTasks::attempt).toList(),
                values,
                ledger);
    }

    private static ViewedAttempt attempt(AttemptRow row) {
        return new ViewedAttempt(
                row.id(),
                row.templateId(),
                row.number(),
                row.status().word(),
                row.error(),
                row.outputCount(),
                row.waiting(),
                WorkRepository.isLeased(row),
                row.notBefore(),
                row.createdAt(),
                row.startedAt(),
                row.durationMs());
    }

    /** A project. */
    static ViewedProject of(ProjectRecord project) {
        ProjectRecord.Head head = project.head();
        return new ViewedProject(
                head.id(),
                head.own(),
                head.pipeline(),
                head.pipelineVersion(),
                project.policies(),
                project.templates().values().stream()
                        .map(template -> new ViewedTemplate(
                                template.id(),
                                template.name(),
                                template.type(),
                                template.sortOrder(),
                                template.followsPrevious(),
                                template.dependsOn(),
                                template.locked(),
                                template.overrides(),
                                template.policy(),
                                template.rule(),
                                template.prompt().outputFormat(),
                                template.prompt().outputSchema(),
                                template.deletedAt()))
                        .toList());
    }
}
