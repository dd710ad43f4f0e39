package dev.callboard.executors;

import dev.callboard.json.Json;
import dev.callboard.json.JsonPointers;
import dev.callboard.palette.ExecutorType;
import dev.callboard.palette.Setting;
import dev.callboard.palette.StageDefinition;
import dev.callboard.palette.StageExecutor;
import dev.callboard.problem.Violation;
import dev.callboard.spi.Stage;
import dev.callboard.spi.StageFailure;
import java.util.List;
import java.util.Optional;

/**
 * Leaves stages to programs in any language that ask the server for work: the stage's id is the queue's name. What such a
 * program puts out must pass the output schema, if there is one.
 */
final class WorkerExecutor implements StageExecutor {
    private final boolean trusts;

    /** @param trusts whether workers show who they are, so that they may have secrets */
    WorkerExecutor(boolean trusts) {
        this.trusts = trusts;
    }

    @Override
    public ExecutorType type() {
        return ExecutorType.WORKER;
    }

    @Override
    public List<Setting> configSchema() {
        return List.of();
    }

    @Override
    public Optional<String> note() {
        return Optional.of(
                "A program of yours does its stages: it takes work by POST /api/work/take or over /ws/worker."
                        + " Start one that offers the stage's id, such as examples/worker-python or examples/worker-node; a task"
                        + " waits until one takes its stage."
                        + (trusts
                                ? ""
                                : " Stages with secrets wait for workers.token_env in the server's configuration."));
    }

    /** It reads nothing of its configuration, so that an empty schema cannot say it: what stands there is a mistake. */
    @Override
    public List<Violation> check(StageDefinition definition) {
        return definition.executorConfig().keySet().stream()
                .map(
                        key -> new Violation(
                                JsonPointers.member("/executor_config", key),
                                "is not read by the executor 'worker', which reads nothing here; what a worker is to know are settings"))
                .toList();
    }

    @Override
    public boolean asksWorker() {
        return true;
    }

    @Override
    public Optional<String> noTry() {
        return Optional.of("A worker does this stage: start a task, and a worker that offers its id takes it.");
    }

    @Override
    public String workerWait(StageDefinition definition, boolean secrets) {
        return secrets && !trusts
                ? "a worker with a token: '" + definition.id() + "' gets secrets, and workers have no token here;"
                        + " set workers.token_env in the server's configuration"
                : "a worker that offers '" + definition.id() + "'";
    }

    @Override
    public Stage stage(Request request) {
        return (context, output) -> {
            if (request.outputSchema() != null) {
                OutputSchema schema = OutputSchema.of(request.outputSchema());
                OutputSchema.Reading reading = schema.read(output instanceof String text ? text : Json.write(output));
                if (!reading.violations().isEmpty()) {
                    throw StageFailure.permanent(
                            "invalid_output",
                            "The worker's output does not fit the output schema: "
                                    + PromptStage.listed(reading.violations()));
                }
                return reading.value();
            }
            return output;
        };
    }
}
