package dev.callboard.dispatch;

import dev.callboard.dispatch.TryMessages.TryStage;
import dev.callboard.engine.About;
import dev.callboard.engine.Attempt;
import dev.callboard.engine.AttemptSchedule;
import dev.callboard.engine.ExecutionMessages.OutputReply;
import dev.callboard.engine.PromptSource;
import dev.callboard.engine.StageJob;
import dev.callboard.engine.Template;
import dev.callboard.json.Json;
import dev.callboard.palette.Origin;
import dev.callboard.palette.PaletteEntry;
import dev.callboard.palette.StageDefinition;
import dev.callboard.palette.StageResolver.Resolved;
import dev.callboard.pipelines.StagePrompt;
import dev.callboard.taskmodel.ApprovalRule;
import dev.callboard.taskmodel.ExecutionStatus;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A try, as the attempt of a task that nobody made: a stage behind another one that put out the sample input. */
final class TryJob {
    /** What the stage before the tried one is called. */
    private static final String BEFORE = "Sample input";

    private static final StagePrompt PROMPT = new StagePrompt(null, StagePrompt.BOTH, null, null);

    private TryJob() {}

    static StageJob of(TryStage ask, Instant now) {
        StageDefinition definition = ask.definition();
        String input = Json.write(ask.input());
        OutputReply previous = new OutputReply(input, null, input.getBytes(StandardCharsets.UTF_8).length);
        Attempt attempt = new Attempt(
                ask.id(), ask.id(), ask.id(), 1, 1, ExecutionStatus.RUNNING, null, null, false, AttemptSchedule.FIRST);
        Template template = new Template(
                ask.id(),
                definition.name(),
                definition.id(),
                1,
                true,
                List.of(),
                Map.of(),
                ask.settings(),
                null,
                new ApprovalRule.None(),
                null,
                false,
                PROMPT,
                Map.of(),
                null);
        About about =
                new About("Try of " + definition.name(), ask.input() instanceof String text ? text : input, null, now);
        return new StageJob(
                attempt,
                template,
                "",
                List.of(),
                ask.settings(),
                Map.of(BEFORE, previous),
                List.of(),
                Map.of(),
                Map.of(),
                Optional.empty(),
                new PromptSource(about, null, null, Map.of(BEFORE, previous), Map.of(), List.of()),
                null,
                0,
                0,
                now);
    }

    static Resolved resolved(StageDefinition definition) {
        return new Resolved(new PaletteEntry(definition, Origin.CUSTOM, null, null, 0), null);
    }
}
