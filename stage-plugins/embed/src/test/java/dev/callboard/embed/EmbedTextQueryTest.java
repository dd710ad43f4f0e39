package dev.callboard.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callboard.spi.Stage;
import dev.callboard.spi.StageFailure;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EmbedTextQueryTest {
    private final EmbedContext context = new EmbedContext();

    private Object ask(Object question) throws Exception {
        Stage query = new EmbedPlugin().queries().get("embed-text").get();
        return query.execute(context, question);
    }

    @Test
    void aQuestionHasTheVectorThatAChunkOfTheSameTextHas() throws Exception {
        String text = "Rift Valley fever goats";
        Map<?, ?> answer = (Map<?, ?>) ask(Map.of("texts", List.of("something else", text)));
        Map<String, Object> output = context.embed(List.of(Chunks.chunk("a", "d", text)));
        assertThat(answer.keySet()).isEqualTo(Set.of("model", "model_sha256", "dimensions", "vectors"));
        assertThat(answer.get("model")).isEqualTo(output.get("model"));
        assertThat(answer.get("model_sha256")).isEqualTo(output.get("model_sha256"));
        assertThat(answer.get("dimensions")).isEqualTo(384);
        List<?> vectors = (List<?>) answer.get("vectors");
        assertThat(vectors).hasSize(2);
        assertThat(Base64.getDecoder().decode((String) vectors.get(1))).isEqualTo(context.bytes(output));
    }

    @Test
    void aQuestionOfAnotherShapeIsRefused() {
        List<Object> questions = List.of(
                "text",
                Map.of(),
                Map.of("texts", List.of()),
                Map.of("texts", List.of("a", 7)),
                Map.of("texts", Collections.nCopies(257, "a")));
        for (Object question : questions) {
            assertThatThrownBy(() -> ask(question))
                    .isInstanceOf(StageFailure.class)
                    .hasMessage("The question embed-text needs 'texts': a list of 1 to 256 texts.");
        }
    }
}
