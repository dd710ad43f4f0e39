package dev.callboard.embed;

import dev.callboard.embed.model.Embedding;
import dev.callboard.embed.model.EmbeddingModel;
import dev.callboard.spi.Stage;
import dev.callboard.spi.StageContext;
import dev.callboard.spi.StageFailure;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The question {@code embed-text}: {@code {texts: [text, …]}}, from 1 to 256 texts, is answered by {@code {model, model_sha256,
 * dimensions, vectors}}. The vectors, in the order of the texts, are base64 of little-endian float32, each of the length 1.
 *
 * <p>Failures: {@code invalid_question}, and those of the model.
 */
final class EmbedTextQuery implements Stage {
    private static final int MOST_TEXTS = 256;

    @Override
    public Object execute(StageContext context, Object input) throws Exception {
        List<String> texts = texts(input);
        List<String> vectors = new ArrayList<>();
        Map<String, Object> answer = new LinkedHashMap<>();
        int dimensions = 0;
        try (EmbeddingModel model = Models.of(context)) {
            answer.put("model", model.name());
            answer.put("model_sha256", model.sha256());
            for (int start = 0; start < texts.size(); start += model.batchSize()) {
                if (context.cancelled()) {
                    throw new InterruptedException("cancelled");
                }
                int end = Math.min(texts.size(), start + model.batchSize());
                for (Embedding each : model.embed(texts.subList(start, end), context::cancelled)) {
                    dimensions = each.vector().length;
                    vectors.add(Base64.getEncoder().encodeToString(each.bytes()));
                }
            }
        }
        answer.put("dimensions", dimensions);
        answer.put("vectors", vectors);
        return answer;
    }

    private static List<String> texts(Object input) throws StageFailure {
        if (input instanceof Map<?, ?> question
                && question.get("texts") instanceof List<?> list
                && !list.isEmpty()
                && list.size() <= MOST_TEXTS
                && list.stream().allMatch(String.class::isInstance)) {
            return list.stream().map(String.class::cast).toList();
        }
        throw StageFailure.permanent(
                "invalid_question", "The question embed-text needs 'texts': a list of 1 to " + MOST_TEXTS + " texts.");
    }
}
