package dev.callboard.engine;

import dev.callboard.engine.Claims.Claimed;
import dev.callboard.engine.ExecutionMessages.OutputReply;
import dev.callboard.engine.StageOutcome.StoredJson;
import dev.callboard.json.Json;
import dev.callboard.palette.ExecutorType;
import dev.callboard.palette.StageResolver;
import dev.callboard.palette.StageResolver.Resolved;
import dev.callboard.pipelines.StageOrder;
import dev.callboard.taskmodel.SuggestionRules.Offer;
import dev.callboard.taskmodel.Wait;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Gathers what an attempt needs to run: the outputs before it, the task's state and ledger, and what a prompt may name. */
final class StageJobs {
    private static final List<String> DECIDED = List.of("selected", "fields", "comment");

    private final TaskStages stages;

    StageJobs(TaskStages stages) {
        this.stages = stages;
    }

    /**
     * How far an attempt has gone before.
     *
     * @param waited what it waited for until now, null when it begins
     * @param lastLine the number of its last stored log line
     */
    record Gone(@Nullable Wait waited, long lastLine) {
        static final Gone NOT = new Gone(null, 0);
    }

    /** Whether the code of a task's stage type need not be waited for. */
    boolean isThere(String taskId, String type) {
        return stages.of(taskId).resolve(type).filter(Resolved::loading).isEmpty();
    }

    /**
     * An attempt that runs, with all that it needs as it is now.
     *
     * @param attempt as it was when it waited for its turn
     * @throws Claims.StillLoading as long as the code of its stage is not there yet
     */
    Claimed claimed(TaskRecord task, AttemptRow row, Attempt attempt, Gone gone, Instant now) {
        Template template = task.template(attempt.templateId());
        StageResolver resolver = stages.of(task.id());
        Optional<Resolved> resolved = resolver.resolve(template.type());
        if (resolved.filter(Resolved::loading).isPresent()) {
            throw new Claims.StillLoading(template.type());
        }
        boolean asks = resolved.filter(found -> found.entry().definition().executor() != ExecutorType.JAVA)
                .isPresent();
        StageOrder order = task.order();
        List<Wire> wires = new Wiring(task, resolver).of(template);
        Map<String, OutputReply> wired = outputs(
                task,
                wires.stream()
                        .flatMap(wire ->
                                wire instanceof Wire.FromStage from ? Stream.of(from.templateId()) : Stream.of())
                        .toList());
        Map<String, OutputReply> state = new LinkedHashMap<>();
        new TreeMap<>(task.values()).forEach((key, value) -> state.put(key, reply(value.value())));
        StageJob job = new StageJob(
                attempt,
                template,
                task.project().head().own() ? task.projectId() : "",
                task.input(),
                task.configOf(template),
                outputs(task, order.previous(template.id())),
                wired(wires, wired),
                state,
                task.ledgerValues(),
                Optional.ofNullable(task.policy(template).timeoutSeconds()),
                asks ? source(task, row, wires, resolver) : null,
                gone.waited(),
                task.row().ledgerRevision(),
                gone.lastLine(),
                now);
        return new Claimed(
                job,
                ExecutionViews.of(task, row, now),
                task.revision() + 1,
                task.templates().values().stream().map(Template::type).toList());
    }

    private static PromptSource source(TaskRecord task, AttemptRow row, List<Wire> wires, StageResolver resolver) {
        StageOrder order = task.order();
        Set<String> done = new LinkedHashSet<>();
        order.keys().stream()
                .filter(key -> order.isBefore(key, row.templateId()))
                .forEach(done::add);
        done.addAll(order.previous(row.templateId()));
        wires.forEach(wire -> {
            if (wire instanceof Wire.FromStage from) {
                done.add(from.templateId());
            }
        });
        Map<String, String> decided = new LinkedHashMap<>();
        for (String key : done) {
            task.latestRow(key)
                    .flatMap(before -> decided(before.decision()))
                    .ifPresent(text -> decided.put(task.template(key).name(), text));
        }
        return new PromptSource(
                task.about(),
                row.userInput(),
                prior(task, row),
                outputs(task, List.copyOf(done)),
                decided,
                offers(task, row.templateId(), resolver));
    }

    /** The last result of a stage before an attempt at it, null when there was none. */
    private static @Nullable OutputReply prior(TaskRecord task, AttemptRow row) {
        return task.attempts().values().stream()
                .filter(other -> other.templateId().equals(row.templateId())
                        && other.number() < row.number()
                        && other.output() != null)
                .max(Comparator.comparing(AttemptRow::number))
                .map(other -> reply(other.result()))
                .orElse(null);
    }

    /** Stage name to what goes on from its latest attempt, in order. */
    private static Map<String, OutputReply> outputs(TaskRecord task, List<String> keys) {
        Map<String, OutputReply> outputs = new LinkedHashMap<>();
        for (String key : keys) {
            AttemptRow row = task.latestRow(key).orElseThrow();
            outputs.put(task.template(key).name(), reply(row.result()));
        }
        return outputs;
    }

    private static OutputReply reply(@Nullable StoredJson value) {
        return value == null
                ? new OutputReply(null, null, 0)
                : new OutputReply(value.inline(), value.sha256(), value.size());
    }

    private static Optional<String> decided(@Nullable String decision) {
        Map<String, Object> said = new LinkedHashMap<>();
        if (decision != null) {
            TaskRecordRepository.map(decision).forEach((key, value) -> {
                if (DECIDED.contains(key) && value != null) {
                    said.put(key, value);
                }
            });
        }
        return said.isEmpty() ? Optional.empty() : Optional.of(Json.write(said));
    }

    /** The stages after one that a person may choose, with what they are for. */
    private static List<Offer> offers(TaskRecord task, String templateId, StageResolver resolver) {
        StageOrder alive = task.alive();
        return alive.keys().stream()
                .map(task::template)
                .filter(template -> !template.locked() && alive.isBefore(templateId, template.id()))
                .map(template -> new Offer(
                        template.name(),
                        template.overrides().get("description") instanceof String text
                                ? text
                                : resolver.resolve(template.type())
                                        .map(found -> found.entry().definition().description())
                                        .orElse("")))
                .toList();
    }

    private static List<Wire> wired(List<Wire> wires, Map<String, OutputReply> outputs) {
        return wires.stream()
                .map(wire -> wire instanceof Wire.FromStage from ? from.with(outputs) : wire)
                .toList();
    }
}
