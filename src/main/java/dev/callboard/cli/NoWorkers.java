package dev.callboard.cli;

import dev.callboard.palette.ExecutorType;
import dev.callboard.palette.Palette;
import dev.callboard.pipelines.Pipeline;
import dev.callboard.pipelines.SelectedStages;
import dev.callboard.problem.ProblemException;
import dev.callboard.taskmodel.WaitingFor;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Without a server there is no address that a worker could come to: a task that needs one ends instead of waiting for ever. */
final class NoWorkers {
    private NoWorkers() {}

    /**
     * Fails with {@code no_workers} before anything runs.
     *
     * @param selected names or types of the stages that are asked for, none for all
     */
    static void require(Pipeline pipeline, Palette palette, List<String> selected) {
        List<String> names = SelectedStages.of(pipeline, selected).names();
        pipeline.stages().stream()
                .filter(stage -> names.contains(stage.name()))
                .filter(stage -> palette.entry(stage.type())
                        .filter(entry -> entry.definition().executor() == ExecutorType.WORKER)
                        .isPresent())
                .findFirst()
                .ifPresent(stage -> {
                    throw ProblemException.illegalState("no_workers", sentence(stage.name()));
                });
    }

    /** Why a task would wait for ever; nothing when it would not. */
    static Optional<String> reason(Map<?, ?> task) {
        return task.get("waiting_for") instanceof Map<?, ?> waiting && WaitingFor.WORKER.equals(waiting.get("kind"))
                ? Optional.of(sentence(String.valueOf(waiting.get("stage"))))
                : Optional.empty();
    }

    private static String sentence(String stage) {
        return "The stage '" + stage + "' is done by a worker, and without a server no worker can come to it. Start"
                + " 'callboard serve' and run the task there with --server URL, or leave the stage out with --stages.";
    }
}
