package dev.callboard.dispatch;

import dev.callboard.engine.PromptSource;
import dev.callboard.engine.StageJob;
import dev.callboard.engine.StageOutcome;
import dev.callboard.engine.StageOutcome.Failed;
import dev.callboard.json.Json;
import dev.callboard.palette.Setting;
import dev.callboard.palette.StageDefinition;
import dev.callboard.palette.StageExecutor;
import dev.callboard.palette.TemplateValues;
import dev.callboard.pipelines.StagePrompt;
import dev.callboard.spi.BlobStore;
import dev.callboard.spi.OutputCounter;
import dev.callboard.spi.StageFailure;
import dev.callboard.spi.StageMetadata;
import dev.callboard.spi.StageRegistration;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Stages without code of their own: what an executor makes of a definition, or what a person is asked. Blocks. */
final class MadeStages {
    private final PromptValues prompts;
    private final ExecutorInputs inputs;

    MadeStages(BlobStore blobs) {
        this.prompts = new PromptValues(blobs);
        this.inputs = new ExecutorInputs(blobs);
    }

    /** The code of a stage, and what it takes. */
    record Ready(StageRegistration registration, @Nullable Object input) {}

    /** What a person is asked. */
    StageOutcome ask(StageJob job, String question, StageDefinition definition, AttemptContext context) {
        try {
            PromptSource source = Objects.requireNonNull(job.source());
            return prompts.asked(
                    job, source, question, values(job, source, definition, context, inputs.of(job, context)));
        } catch (StageFailure e) {
            return new Failed(e.code(), StageRunner.cut(StageRunner.describe(e), StageRunner.MAX_MESSAGE), false);
        } catch (IOException | RuntimeException e) {
            return new Failed(
                    "stage_error",
                    StageRunner.cut("The prompt cannot be made: " + StageRunner.describe(e), StageRunner.MAX_MESSAGE),
                    true);
        }
    }

    /** What a stage takes that has no code of its own. */
    @Nullable
    Object input(StageJob job, AttemptContext context) throws IOException, StageFailure {
        return inputs.of(job, context);
    }

    /** What its executor makes of a definition. */
    Ready of(StageJob job, StageExecutor executor, StageDefinition definition, AttemptContext context)
            throws IOException, StageFailure {
        StageMetadata.Builder metadata = StageMetadata.builder(definition.id());
        List<String> keys = definition.stateKeys();
        if (keys.size() == 1) {
            metadata.stateKey(keys.get(0));
        } else if (keys.isEmpty()) {
            metadata.outputCounter(OutputCounter.one());
        } else {
            metadata.stateKeys(keys.toArray(String[]::new));
        }
        StagePrompt prompt = job.template().prompt();
        Object input = inputs.of(job, context);
        StageExecutor.Request request = new StageExecutor.Request(
                definition,
                prompt.template(),
                prompt.outputFormat(),
                prompt.outputSchema(),
                values(job, Objects.requireNonNull(job.source()), definition, context, input),
                job.isFirst() ? context.inputs() : List.of(),
                prompts.around(job, Objects.requireNonNull(job.source())));
        return new Ready(new StageRegistration(metadata.build(), () -> executor.stage(request)), input);
    }

    private TemplateValues values(
            StageJob job,
            PromptSource source,
            StageDefinition definition,
            AttemptContext context,
            @Nullable Object input)
            throws IOException {
        Map<String, Object> shown = new LinkedHashMap<>(context.settings());
        definition.settingsSchema().stream()
                .filter(setting -> setting.type() == Setting.Type.SECRET)
                .forEach(setting -> shown.remove(setting.key()));
        return new TemplateValues(prompts.of(job, source), shown, input, Json::write);
    }
}
