package dev.callboard.pipelines;

import dev.callboard.palette.ExecutorType;
import dev.callboard.palette.Port;
import dev.callboard.palette.StageResolver;
import dev.callboard.problem.Violation;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds schedules that start tasks for a stage which cannot do without an input: a schedule gives none. */
public final class InputlessStarts {
    /** Whoever does these makes do with the task itself. */
    private static final Set<ExecutorType> NEED_NONE = EnumSet.of(ExecutorType.PROMPT, ExecutorType.MANUAL);

    private InputlessStarts() {}

    /** Warnings, with pointers into the pipeline; each schedule is reported once for each stage. */
    public static List<Violation> check(Pipeline pipeline, StageResolver resolver) {
        List<Violation> warnings = new ArrayList<>();
        StageOrder order = pipeline.order();
        for (int i = 0; i < pipeline.sources().size(); i++) {
            PipelineSource source = pipeline.sources().get(i);
            if (source.config() instanceof SourceConfig.Timed) {
                for (StageTemplate stage : pipeline.stages()) {
                    List<Port> lacks = order.previous(stage.name()).isEmpty()
                            ? lacking(stage, source.name(), resolver)
                            : List.of();
                    if (!lacks.isEmpty()) {
                        warnings.add(new Violation(
                                "/sources/" + i + "/type",
                                "the source '" + source.name() + "' starts tasks without any input, but the stage '"
                                        + stage.name() + "' (" + stage.type() + ") takes "
                                        + lacks.stream()
                                                .map(Port::type)
                                                .distinct()
                                                .collect(Collectors.joining(" or "))
                                        + "; let a stage that needs no input come first, such as one that fetches it"));
                    }
                }
            }
        }
        return warnings;
    }

    /** The ports of a first stage that would get nothing; none when one of them takes anything. */
    private static List<Port> lacking(StageTemplate stage, String source, StageResolver resolver) {
        List<Port> takes = PipelineRules.stage(stage.type(), resolver)
                .map(resolved -> resolved.entry().definition())
                .filter(definition -> !NEED_NONE.contains(definition.executor()))
                .map(definition -> definition.ports().inputs())
                .orElse(List.of());
        List<Port> fed = stage.inputs().isEmpty()
                ? takes
                : takes.stream()
                        .filter(port -> source.equals(stage.inputs().get(port.name())))
                        .toList();
        return fed.stream().anyMatch(port -> port.type().equals(Port.ANY)) ? List.of() : fed;
    }
}
