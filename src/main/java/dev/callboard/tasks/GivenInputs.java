package dev.callboard.tasks;

import dev.callboard.pipelines.Pipeline;
import dev.callboard.pipelines.PipelineSource;
import dev.callboard.pipelines.SourceConfig.Given;
import dev.callboard.problem.ProblemException;
import dev.callboard.problem.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Holds what a person gives against what the sources of a pipeline take. Nothing at all may always be given. */
final class GivenInputs {
    private GivenInputs() {}

    /** What kinds of input a request has. */
    static Set<Given> kinds(List<NewTask.Input> inputs) {
        return inputs.stream().map(GivenInputs::kind).collect(Collectors.toSet());
    }

    /** Fails with {@code invalid_task} and each input that the pipeline does not take. */
    static void require(Pipeline pipeline, List<NewTask.Input> inputs) {
        Set<Given> takes = pipeline.takes();
        List<Violation> violations = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            Given kind = kind(inputs.get(i));
            if (!takes.contains(kind)) {
                violations.add(new Violation(
                        "/input/" + i + "/" + member(kind),
                        "the pipeline '" + pipeline.name() + "' does not take " + words(kind) + ": its sources "
                                + (takes.isEmpty()
                                        ? "start it by themselves, "
                                                + String.join(
                                                        ", ",
                                                        pipeline.sources().stream()
                                                                .map(PipelineSource::name)
                                                                .toList())
                                        : "take "
                                                + takes.stream()
                                                        .map(GivenInputs::words)
                                                        .collect(Collectors.joining(" or ")))));
            }
        }
        if (!violations.isEmpty()) {
            throw ProblemException.invalid(
                    "invalid_task",
                    "The task cannot be created: " + violations.get(0).sentence(),
                    violations);
        }
    }

    private static Given kind(NewTask.Input input) {
        return input.url() != null ? Given.URLS : input.text() != null ? Given.TEXT : Given.FILES;
    }

    private static String member(Given kind) {
        return switch (kind) {
            case FILES -> "blob";
            case TEXT -> "text";
            case URLS -> "url";
        };
    }

    private static String words(Given kind) {
        return switch (kind) {
            case FILES -> "files ({blob})";
            case TEXT -> "texts ({text})";
            case URLS -> "addresses ({url})";
        };
    }
}
