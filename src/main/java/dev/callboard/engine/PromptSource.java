package dev.callboard.engine;

import dev.callboard.engine.ExecutionMessages.OutputReply;
import dev.callboard.taskmodel.SuggestionRules.Offer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a prompt is made of, as it was when the attempt's turn came.
 *
 * @param about the task
 * @param userInput what a person added to this attempt
 * @param prior the output of the attempt before this one, if that had any
 * @param done the outputs of the finished stages before this one by their names, in order
 * @param decided what people decided about these outputs, JSON by stage name
 * @param available the stages after this one that can be chosen
 */
public record PromptSource(
        About about,
        @Nullable String userInput,
        @Nullable OutputReply prior,
        Map<String, OutputReply> done,
        Map<String, String> decided,
        List<Offer> available) {
    /** Copies. */
    public PromptSource {
        done = new LinkedHashMap<>(done);
        decided = Map.copyOf(decided);
        available = List.copyOf(available);
    }
}
