package dev.callboard.dispatch;

import dev.callboard.engine.ExecutionMessages.OutputReply;
import dev.callboard.engine.JsonBlobs;
import dev.callboard.engine.PromptSource;
import dev.callboard.engine.StageJob;
import dev.callboard.engine.StageOutcome;
import dev.callboard.json.Json;
import dev.callboard.palette.PromptTemplate;
import dev.callboard.palette.StageExecutor;
import dev.callboard.palette.TemplateValues;
import dev.callboard.pipelines.StagePrompt;
import dev.callboard.spi.BlobStore;
import dev.callboard.taskmodel.Suggestion;
import dev.callboard.taskmodel.SuggestionRules;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Puts the values of a prompt together. Blocks: outputs may be in blobs. */
final class PromptValues {
    /** The most characters of one output in {@code stage_summaries}. */
    private static final int SUMMARY = 4_000;

    /** The most bytes of one input text that go into {@code task_description}. */
    private static final int INPUT = 64 * 1024;

    private final BlobStore blobs;
    private final JsonBlobs outputs;

    PromptValues(BlobStore blobs) {
        this.blobs = blobs;
        this.outputs = new JsonBlobs(blobs);
    }

    /**
     * What a person is asked, and for a stage that suggests stages what rules say.
     *
     * @param usual the template where the stage template has none of its own
     */
    StageOutcome.Asked asked(StageJob job, PromptSource source, String usual, TemplateValues values) {
        StagePrompt prompt = job.template().prompt();
        String text = PromptTemplate.render(prompt.template() == null ? usual : prompt.template(), values);
        List<Suggestion> suggested = prompt.suggests()
                ? SuggestionRules.suggest(
                        values.text("task_description") + "\n" + values.text("user_input"), source.available())
                : null;
        return new StageOutcome.Asked(text, suggested == null || suggested.isEmpty() ? null : suggested);
    }

    /** The values by name; absent ones are not there. */
    Map<String, String> of(StageJob job, PromptSource source) throws IOException {
        StagePrompt prompt = job.template().prompt();
        Map<String, String> values = new LinkedHashMap<>();
        values.put("task_description", description(job, source));
        values.put("task.id", job.attempt().taskId());
        values.put("task.title", source.about().title());
        put(values, "user_input", userInput(prompt, source));
        if (!prompt.inputSource().equals(StagePrompt.USER)) {
            put(values, "previous_output", previous(job, source));
        }
        if (source.prior() != null) {
            put(values, "prior_attempt_output", text(load(source.prior())));
        }
        put(
                values,
                "available_stages",
                source.available().stream()
                        .map(offer -> "- \"" + offer.name() + "\": " + offer.description())
                        .collect(Collectors.joining("\n")));
        List<String> summaries = new ArrayList<>();
        for (Map.Entry<String, OutputReply> entry : source.done().entrySet()) {
            String output =
                    withDecision(text(load(entry.getValue())), source.decided().get(entry.getKey()));
            summaries.add("## " + entry.getKey() + "\n"
                    + (output.length() > SUMMARY ? output.substring(0, SUMMARY) + "…" : output));
        }
        put(values, "stage_summaries", String.join("\n\n", summaries));
        return values;
    }

    /** What expressions see beside input and settings. */
    StageExecutor.Around around(StageJob job, PromptSource source) {
        Map<String, Object> task = Map.of(
                "id", job.attempt().taskId(),
                "title", source.about().title(),
                "description", source.about().description(),
                "project", job.projectId());
        return new StageExecutor.Around(task, () -> {
            Map<String, @Nullable Object> stages = new LinkedHashMap<>();
            for (Map.Entry<String, OutputReply> entry : source.done().entrySet()) {
                stages.put(entry.getKey(), load(entry.getValue()));
            }
            return stages;
        });
    }

    private static void put(Map<String, String> values, String name, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            values.put(name, value);
        }
    }

    private String description(StageJob job, PromptSource source) throws IOException {
        StringBuilder text = new StringBuilder(source.about().title());
        if (!source.about().description().isBlank()) {
            text.append("\n\n").append(source.about().description());
        }
        for (Object item : job.input()) {
            if (item instanceof Map<?, ?> input
                    && (ExecutorInputs.isGivenText(input)
                            || String.valueOf(input.get("media_type")).startsWith("text/"))) {
                try (InputStream bytes = blobs.open(String.valueOf(input.get("blob")))) {
                    text.append("\n\n")
                            .append(input.get("name"))
                            .append(":\n")
                            .append(new String(bytes.readNBytes(INPUT), StandardCharsets.UTF_8));
                }
            }
        }
        return text.toString();
    }

    private static @Nullable String userInput(StagePrompt prompt, PromptSource source) {
        return source.userInput() != null || prompt.inputSource().equals(StagePrompt.PREVIOUS)
                ? source.userInput()
                : source.about().userInput();
    }

    private @Nullable String previous(StageJob job, PromptSource source) throws IOException {
        List<String> texts = new ArrayList<>();
        for (Map.Entry<String, OutputReply> entry : job.previous().entrySet()) {
            String output =
                    withDecision(text(load(entry.getValue())), source.decided().get(entry.getKey()));
            texts.add(job.previous().size() == 1 ? output : "## " + entry.getKey() + "\n" + output);
        }
        return String.join("\n\n", texts);
    }

    private static String withDecision(String output, @Nullable String decided) {
        return decided == null ? output : output + "\n\nDecided by a person: " + decided;
    }

    private @Nullable Object load(OutputReply stored) throws IOException {
        return outputs.load(stored.json(), stored.blob());
    }

    private static String text(@Nullable Object output) {
        return output instanceof String text
                ? text
                : output == null ? "" : Json.writePretty(output).strip();
    }
}
