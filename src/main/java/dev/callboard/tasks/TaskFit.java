package dev.callboard.tasks;

import dev.callboard.json.JsonPointers;
import dev.callboard.palette.StageResolver;
import dev.callboard.pipelines.Pipeline;
import dev.callboard.pipelines.PipelineRules;
import dev.callboard.pipelines.SelectedStages;
import dev.callboard.pipelines.SelectionRules;
import dev.callboard.pipelines.StageTemplate;
import dev.callboard.problem.ProblemException;
import dev.callboard.problem.Violation;
import dev.callboard.tasks.TaskMessages.CreateTask;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a request fits a pipeline.
 *
 * @param selected the names of the selected stages, in the pipeline's order; none for all
 * @param warnings settings of the task that no schema describes
 */
record TaskFit(List<String> selected, List<Violation> warnings) {
    /** Checks a request. Fails with {@code invalid_selection}, {@code invalid_settings} or {@code stage_unavailable}. */
    static TaskFit of(Pipeline pipeline, CreateTask ask, NewTask task, StageResolver resolver) {
        if (ask.firing() == null) {
            GivenInputs.require(pipeline, task.input());
        }
        List<String> selected = selected(pipeline, task.stages(), resolver);
        List<Violation> warnings = checkSettings(pipeline, task, resolver);
        if (task.autoStart()) {
            requireAvailable(pipeline, selected, resolver);
        }
        return new TaskFit(selected, warnings);
    }

    /** The names of the selected stages, in the pipeline's order; none for all. */
    private static List<String> selected(Pipeline pipeline, List<String> wanted, StageResolver resolver) {
        if (wanted.isEmpty()) {
            return List.of();
        }
        SelectedStages selected = SelectedStages.of(pipeline, wanted);
        List<Violation> violations = new ArrayList<>(selected.faults(pipeline, wanted));
        if (violations.isEmpty()) {
            violations.addAll(rules(pipeline, resolver).lacking(selected.names(), "/stages"));
        }
        if (!violations.isEmpty()) {
            throw SelectedStages.refused(violations);
        }
        return selected.names();
    }

    private static SelectionRules rules(Pipeline pipeline, StageResolver resolver) {
        Map<String, SelectionRules.Stage> stages = new LinkedHashMap<>();
        pipeline.stages()
                .forEach(stage -> stages.put(
                        stage.name(),
                        new SelectionRules.Stage(
                                stage.name(),
                                stage.type(),
                                stage.locked(),
                                PipelineRules.needs(stage.type(), stage.metadataOverrides(), resolver))));
        return new SelectionRules(pipeline.order(), stages);
    }

    /** Answers what may be a mistake. */
    private static List<Violation> checkSettings(Pipeline pipeline, NewTask task, StageResolver resolver) {
        List<Violation> violations = new ArrayList<>();
        List<Violation> warnings = new ArrayList<>();
        task.settings().forEach((name, own) -> {
            String pointer = JsonPointers.member("/settings", name);
            Optional<StageTemplate> stage = pipeline.stage(name);
            if (stage.isEmpty()) {
                violations.add(new Violation(
                        pointer,
                        "there is no stage '" + name + "' in the pipeline; known are "
                                + String.join(", ", pipeline.order().keys())));
                return;
            }
            Map<String, @Nullable Object> merged =
                    new LinkedHashMap<>(stage.get().config());
            merged.putAll(own);
            resolver.resolve(stage.get().type())
                    .ifPresent(resolved -> violations.addAll(PipelineRules.settings(resolved, merged, pointer)));
            warnings.addAll(PipelineRules.unchecked(stage.get(), own, resolver, pointer));
        });
        if (!violations.isEmpty()) {
            throw ProblemException.invalid(
                    "invalid_settings",
                    "The settings do not fit: " + violations.get(0).sentence(),
                    violations);
        }
        return warnings;
    }

    private static void requireAvailable(Pipeline pipeline, List<String> selected, StageResolver resolver) {
        for (StageTemplate stage : pipeline.stages()) {
            if (selected.isEmpty() || selected.contains(stage.name())) {
                PipelineRules.unavailable(stage, resolver).ifPresent(reason -> {
                    throw ProblemException.illegalState(
                            "stage_unavailable", "The task cannot start: " + new Violation("", reason).sentence());
                });
            }
        }
    }
}
