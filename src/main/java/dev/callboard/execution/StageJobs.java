package dev.callboard.execution;

import dev.callboard.execution.Claims.Claimed;
import dev.callboard.execution.ExecutionMessages.OutputReply;
import dev.callboard.execution.ExecutionViewRepository.Result;
import dev.callboard.execution.TaskRecord.Attempt;
import dev.callboard.execution.TaskRecord.Template;
import dev.callboard.json.Json;
import dev.callboard.palette.ExecutorType;
import dev.callboard.palette.StageResolver;
import dev.callboard.palette.StageResolver.Resolved;
import dev.callboard.pipelines.StageOrder;
import dev.callboard.taskmodel.SuggestionRules.Offer;
import dev.callboard.taskmodel.Wait;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what an attempt needs to run: the outputs before it, the task's state and ledger, and what a prompt may name. */
final class StageJobs {
    private static final List<String> DECIDED = List.of("selected", "fields", "comment");

    private final StageResolver resolver;
    private final ExecutionViewRepository views;
    private final WaitRepository waits = new WaitRepository();
    private final TaskValuesRepository values = new TaskValuesRepository();

    StageJobs(StageResolver resolver, ExecutionViewRepository views) {
        this.resolver = resolver;
        this.views = views;
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

    /**
     * An attempt with all that it needs, read inside of the transaction that takes it. Fails with {@link Claims.StillLoading} as
     * long as the code of its stage is not there yet.
     */
    Future<Claimed> claimed(SqlConnection connection, TaskRecord task, Attempt attempt, Gone gone, Instant now) {
        Template template = task.template(attempt.templateId());
        Optional<Resolved> resolved = resolver.resolve(template.type());
        if (resolved.filter(Resolved::loading).isPresent()) {
            return Future.failedFuture(new Claims.StillLoading(template.type()));
        }
        boolean asks = resolved.filter(found -> found.entry().definition().executor() != ExecutorType.JAVA)
                .isPresent();
        StageOrder order = task.order();
        Map<String, String> previous = attempts(task, order.previous(template.id()));
        Map<String, String> done = attempts(
                task,
                order.keys().stream()
                        .filter(key -> asks && order.isBefore(key, template.id()))
                        .toList());
        done.putAll(previous);
        List<Wire> wires = new Wiring(task, resolver).of(template);
        Map<String, String> wired = attempts(
                task,
                wires.stream()
                        .flatMap(wire ->
                                wire instanceof Wire.FromStage from ? Stream.of(from.templateId()) : Stream.of())
                        .toList());
        done.putAll(wired);
        // The ledger's revision is read before the ledger: a write between the two is seen twice rather than never.
        return waits.ledgerRevision(connection, task.id())
                .compose(revision -> views.results(connection, List.copyOf(done.values()))
                        .compose(results -> source(connection, task, attempt, asks, done, results)
                                .compose(source -> values.state(connection, task.id())
                                        .compose(state -> values.ledger(connection, task.id())
                                                .compose(ledger -> views.get(connection, attempt.id())
                                                        .map(view -> new Claimed(
                                                                job(
                                                                        task,
                                                                        attempt,
                                                                        template,
                                                                        named(previous, results),
                                                                        wired(wires, named(wired, results)),
                                                                        state,
                                                                        ledger,
                                                                        source.orElse(null),
                                                                        gone,
                                                                        revision,
                                                                        now),
                                                                view,
                                                                task.revision() + 1,
                                                                task.templates().values().stream()
                                                                        .map(Template::type)
                                                                        .toList())))))));
    }

    /** Stage name to its latest attempt, in order. */
    private static Map<String, String> attempts(TaskRecord task, List<String> keys) {
        Map<String, String> attempts = new LinkedHashMap<>();
        for (String key : keys) {
            attempts.put(
                    task.template(key).name(),
                    Objects.requireNonNull(task.latest().get(key)).id());
        }
        return attempts;
    }

    private Future<Optional<PromptSource>> source(
            SqlConnection connection,
            TaskRecord task,
            Attempt attempt,
            boolean asks,
            Map<String, String> done,
            Map<String, Result> results) {
        if (!asks) {
            return Future.succeededFuture(Optional.empty());
        }
        Map<String, String> decided = new LinkedHashMap<>();
        done.forEach((name, id) ->
                decided(Objects.requireNonNull(results.get(id)).decision()).ifPresent(text -> decided.put(name, text)));
        return views.prior(connection, task.id(), attempt.templateId(), attempt.number())
                .map(prior -> Optional.of(new PromptSource(
                        task.about(),
                        attempt.userInput(),
                        prior.orElse(null),
                        named(done, results),
                        decided,
                        offers(task, attempt.templateId()))));
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
    private List<Offer> offers(TaskRecord task, String templateId) {
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

    private static Map<String, OutputReply> named(Map<String, String> attempts, Map<String, Result> results) {
        Map<String, OutputReply> named = new LinkedHashMap<>();
        attempts.forEach((name, id) ->
                named.put(name, Objects.requireNonNull(results.get(id)).output()));
        return named;
    }

    private static List<Wire> wired(List<Wire> wires, Map<String, OutputReply> outputs) {
        return wires.stream()
                .map(wire -> wire instanceof Wire.FromStage from ? from.with(outputs) : wire)
                .toList();
    }

    private static StageJob job(
            TaskRecord task,
            Attempt attempt,
            Template template,
            Map<String, OutputReply> previous,
            List<Wire> wires,
            Map<String, OutputReply> state,
            Map<String, @Nullable Object> ledger,
            @Nullable PromptSource source,
            Gone gone,
            long ledgerRevision,
            Instant now) {
        return new StageJob(
                attempt,
                template,
                task.projectId(),
                task.input(),
                task.configOf(template),
                previous,
                wires,
                state,
                ledger,
                Optional.ofNullable(task.policy(template).timeoutSeconds()),
                source,
                gone.waited(),
                ledgerRevision,
                gone.lastLine(),
                now);
    }
}
