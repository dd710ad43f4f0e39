package dev.callboard.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callboard.embed.EmbedContext.Killed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same text gets the same vector, to the last bit. */
class DeterminismTest {
    private static byte[] vectors(List<Map<String, Object>> chunks) throws Exception {
        EmbedContext context = new EmbedContext();
        return context.bytes(context.embed(chunks));
    }

    @Test
    void whateverStandsBesideIt() throws Exception {
        List<Map<String, Object>> chunks = Chunks.many(11, "d");
        chunks.add(Chunks.chunk("long", "d", "goat fever ".repeat(200)));
        List<float[]> together = Chunks.vectors(vectors(chunks), 384);
        List<Integer> order = new ArrayList<>(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11));
        Collections.shuffle(order, new Random(3));
        List<float[]> shuffled =
                Chunks.vectors(vectors(order.stream().map(chunks::get).toList()), 384);
        for (int i = 0; i < order.size(); i++) {
            assertThat(shuffled.get(i)).isEqualTo(together.get(order.get(i)));
        }
        assertThat(Chunks.vectors(vectors(List.of(chunks.get(5))), 384).get(0)).isEqualTo(together.get(5));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void whereverTheAttemptWasKilled(int checkpoint) throws Exception {
        List<Map<String, Object>> chunks = Chunks.many(170, "d");
        byte[] undisturbed = vectors(chunks);
        EmbedContext context = new EmbedContext().killAt(checkpoint);
        assertThatThrownBy(() -> context.embed(chunks)).isInstanceOf(Killed.class);
        context.killAt(Integer.MAX_VALUE);
        Map<String, Object> output = context.embed(chunks);
        assertThat(context.lines()).anyMatch(line -> line.startsWith("Goes on after "));
        assertThat(context.bytes(output)).isEqualTo(undisturbed);
        long before = (long) checkpoint * Checkpoints.EVERY;
        assertThat(context.reports().stream().filter(report -> report.done() == 0))
                .hasSize(1);
        assertThat(context.reports()).anyMatch(report -> report.done() >= before);
    }
}
