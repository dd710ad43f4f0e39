package dev.callboard.executors;

import dev.callboard.config.ModelProvider;
import dev.callboard.palette.PromptRules;
import dev.callboard.palette.PromptTemplate;
import dev.callboard.palette.StageExecutor.Request;
import dev.callboard.palette.Usage;
import dev.callboard.palette.UsageReporting;
import dev.callboard.problem.Violation;
import dev.callboard.spi.Stage;
import dev.callboard.spi.StageContext;
import dev.callboard.spi.StageFailure;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.output.TokenUsage;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Asks a model. With an output schema the answer is JSON that passes it: one that doesn't is shown to the model once more,
 * together with what is wrong. Without one the answer is its text.
 */
final class PromptStage implements Stage, UsageReporting {
    private final ModelRequest.Reading asked;
    private final Request request;
    private volatile @Nullable Usage usage;

    /** @param asked which model; what is wrong with it fails the stage */
    PromptStage(ModelRequest.Reading asked, Request request) {
        this.asked = asked;
        this.request = request;
    }

    @Override
    @SuppressWarnings("NullAway") // The SPI takes null for an output that is null.
    public Object execute(StageContext context, Object input) throws StageFailure, InterruptedException, IOException {
        ModelRequest model = asked.require();
        Secret key = model.model().provider().key();
        Optional<String> unavailable = model.model().unavailable();
        if (unavailable.isPresent()) {
            throw StageFailure.permanent("no_api_key", unavailable.get());
        }
        OutputSchema schema = request.outputSchema() == null ? null : OutputSchema.of(request.outputSchema());
        String prompt = prompt() + (schema == null ? "" : schema.instructions());
        String answer = ask(model, context, List.of(UserMessage.from(prompt)));
        if (schema == null) {
            return answer;
        }
        OutputSchema.Reading first = schema.read(answer);
        if (first.violations().isEmpty()) {
            return first.value();
        }
        context.log(key.mask(
                "The answer does not fit the output schema: " + listed(first.violations()) + " Asking once more."));
        String repair = "Your answer cannot be used:\n- "
                + first.violations().stream().map(Violation::sentence).collect(Collectors.joining("\n- "))
                + schema.instructions();
        OutputSchema.Reading second = schema.read(ask(
                model,
                context,
                List.of(
                        UserMessage.from(prompt),
                        AiMessage.from(answer.isBlank() ? "(nothing)" : answer),
                        UserMessage.from(repair))));
        if (!second.violations().isEmpty()) {
            throw StageFailure.permanent(
                    "invalid_output",
                    key.mask("The model's answer does not fit the output schema, nor does its second one: "
                            + listed(second.violations())));
        }
        return second.value();
    }

    private String prompt() throws StageFailure {
        String template = request.promptTemplate();
        String prompt = template == null || template.isBlank()
                ? PromptExecutor.prompt(request.definition()).orElse(null)
                : template;
        if (prompt == null) {
            throw StageFailure.permanent("no_prompt", "The stage " + PromptRules.NO_PROMPT + ".");
        }
        return PromptTemplate.render(prompt, request.values());
    }

    private String ask(ModelRequest model, StageContext context, List<ChatMessage> messages)
            throws StageFailure, InterruptedException, IOException {
        return ModelCall.ask(model, messages, context, tokens -> add(model, tokens));
    }

    private void add(ModelRequest model, TokenUsage tokens) {
        Usage before = usage;
        long inputTokens = orZero(tokens.inputTokenCount()) + (before == null ? 0 : before.inputTokens());
        long outputTokens = orZero(tokens.outputTokenCount()) + (before == null ? 0 : before.outputTokens());
        ModelProvider config = model.model().provider().config();
        BigDecimal cost = config.price() == null ? null : config.price().of(inputTokens, outputTokens);
        usage = new Usage(
                config.api().word(),
                model.model().name(),
                inputTokens,
                outputTokens,
                cost,
                config.price() == null ? null : config.price().currency());
    }

    private static int orZero(@Nullable Integer count) {
        return count == null ? 0 : count;
    }

    static String listed(List<Violation> violations) {
        return violations.stream().map(Violation::sentence).collect(Collectors.joining(" "));
    }

    @Override
    public Optional<Usage> usage() {
        return Optional.ofNullable(usage);
    }
}
