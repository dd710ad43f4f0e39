package dev.callboard.tasks;

import dev.callboard.model.Pipeline;
import dev.callboard.model.PipelineRules;
import dev.callboard.model.ProblemException;
import dev.callboard.model.StageResolver;
import dev.callboard.model.Violation;
import dev.callboard.tasks.TaskMessages.PipelineChecked;
import dev.callboard.tasks.TaskMessages.ServedPipeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The pipelines that are served, seen together with the palette as it is now. */
final class Pipelines {
    private final PipelineFolder folder;
    private final StageResolver resolver;

    Pipelines(PipelineFolder folder, StageResolver resolver) {
        this.folder = folder;
        this.resolver = resolver;
    }

    List<ServedPipeline> all() {
        return folder.files().stream().map(this::served).toList();
    }

    private ServedPipeline served(PipelineFile file) {
        List<Violation> errors =
                new ArrayList<>(file.faults().stream().map(Fault::violation).toList());
        List<Violation> unavailable = List.of();
        Pipeline pipeline = file.pipeline();
        if (pipeline != null) {
            PipelineRules.Checked checked = PipelineRules.check(pipeline, resolver);
            errors.addAll(checked.errors());
            unavailable = checked.unavailable();
        }
        return new ServedPipeline(file.name(), pipeline, errors, unavailable);
    }

    /** Fails with {@code unknown_pipeline}. */
    ServedPipeline get(String name) {
        return find(name)
                .map(this::served)
                .orElseThrow(() -> ProblemException.notFound("unknown_pipeline", unknown(name)));
    }

    private Optional<PipelineFile> find(String name) {
        return folder.files().stream().filter(file -> file.name().equals(name)).findFirst();
    }

    private String unknown(String name) {
        return "There is no pipeline '" + name + "'; " + known();
    }

    private String known() {
        String names = folder.files().stream().map(PipelineFile::name).collect(Collectors.joining(", "));
        return names.isEmpty() ? "there are none at all." : "known are " + names + ".";
    }

    /**
     * The pipeline of a new task: the named one, or the first one that is for the input. Fails with {@code
     * unknown_pipeline}, {@code no_pipeline} or {@code invalid_pipeline}.
     */
    Pipeline choose(@Nullable String name, List<Map<String, Object>> input) {
        Optional<PipelineFile> chosen = name == null
                ? folder.files().stream()
                        .filter(file -> file.pipeline() != null && isFor(file.pipeline(), input))
                        .findFirst()
                : find(name);
        if (chosen.isEmpty()) {
            throw name == null
                    ? ProblemException.invalid("no_pipeline", "No pipeline is for this input; name one: " + known())
                    : ProblemException.invalid(
                            "unknown_pipeline", unknown(name), List.of(new Violation("/pipeline", unknown(name))));
        }
        ServedPipeline served = served(chosen.get());
        Pipeline pipeline = served.pipeline();
        if (pipeline == null) {
            throw ProblemException.invalid(
                    "invalid_pipeline",
                    "The pipeline '" + served.name() + "' cannot be used: "
                            + served.errors().get(0).detail(),
                    served.errors());
        }
        List<Violation> errors = PipelineRules.check(pipeline, resolver).errors();
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(
                    "invalid_pipeline",
                    "The pipeline '" + served.name() + "' cannot be used: "
                            + errors.get(0).pointer() + " " + errors.get(0).sentence(),
                    errors);
        }
        return pipeline;
    }

    private static boolean isFor(Pipeline pipeline, List<Map<String, Object>> input) {
        return !input.isEmpty()
                && input.stream()
                        .allMatch(item -> pipeline.applicableSources().stream().anyMatch(source -> fits(source, item)));
    }

    private static boolean fits(String source, Map<String, Object> item) {
        String mediaType = String.valueOf(item.get("media_type"));
        String name = String.valueOf(item.get("name")).toLowerCase(Locale.ROOT);
        String wanted = source.toLowerCase(Locale.ROOT);
        if (wanted.startsWith(".")) {
            return name.endsWith(wanted);
        }
        if (wanted.endsWith("/*")) {
            return mediaType.startsWith(wanted.substring(0, wanted.length() - 1));
        }
        return wanted.equals("*")
                || wanted.equals("files")
                || wanted.equals(mediaType)
                || (wanted.equals("text") && mediaType.startsWith("text/"))
                || mediaType.endsWith("/" + wanted);
    }

    /** Says what is wrong with a text that would be a pipeline. */
    PipelineChecked check(String text) {
        PipelineYaml yaml = PipelineYaml.read(text);
        Pipeline pipeline = yaml.pipeline();
        if (pipeline == null) {
            return new PipelineChecked(null, yaml.faults(), List.of());
        }
        PipelineRules.Checked checked = PipelineRules.check(pipeline, resolver);
        return new PipelineChecked(
                pipeline.name(),
                checked.errors().stream().map(yaml::at).toList(),
                checked.unavailable().stream().map(yaml::at).toList());
    }
}
