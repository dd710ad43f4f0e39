package org.example.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.callboard.spi.StageFailure;
import dev.callboard.spi.StageRegistration;
import dev.callboard.spi.StageWait;
import dev.callboard.spi.testing.RecordingStageContext;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TextStagesTest {
    private final RecordingStageContext context = new RecordingStageContext();

    @BeforeEach
    void defaults() {
        context.settings(Map.of("top", 2, "min_length", 4, "at", "2030-01-31T08:00:00Z"));
    }

    @Test
    void countsTheWordsOfADocument() throws Exception {
        Object output = new TextStatistics()
                .execute(context, Map.of("text", "High water at noon. High tide, spring tide, neap tide."));
        assertEquals(
                Map.of(
                        "words",
                        10L,
                        "distinct",
                        6,
                        "top",
                        List.of(Map.of("word", "tide", "count", 3L), Map.of("word", "high", "count", 2L))),
                output);
        assertEquals(Map.of("words", 10L), context.written());
    }

    @Test
    void readsTheFirstInputAsText() throws Exception {
        context.file("tides.txt", "text/plain", "Ebb and flow".getBytes(StandardCharsets.UTF_8));
        Object output = new TextStatistics().execute(context, context.inputs());
        assertEquals(3L, ((Map<?, ?>) output).get("words"));
    }

    @Test
    void saysWhatIsMissing() {
        StageFailure failure = assertThrows(StageFailure.class, () -> new TextStatistics().execute(context, 7));
        assertEquals("no_text", failure.code());
    }

    @Test
    void stopsWhenCancelled() {
        context.cancel();
        assertThrows(InterruptedException.class, () -> new TextStatistics()
                .execute(context, Map.of("text", "word ".repeat(20_000))));
    }

    @Test
    void waitsForTheMoment() throws Exception {
        Object input = List.of("anything");
        StageWait wait = assertThrows(StageWait.class, () -> new NotBefore().execute(context, input));
        assertEquals(Instant.parse("2030-01-31T08:00:00Z"), wait.deadline().orElseThrow());
        context.now(Instant.parse("2030-01-31T08:00:00Z"));
        assertSame(input, new NotBefore().execute(context, input));
    }

    @Test
    void goesOnWhenSomebodySaysSo() throws Exception {
        context.ledger("go_ahead", true);
        assertEquals("input", new NotBefore().execute(context, "input"));
    }

    @Test
    void registersWhatThePaletteShows() throws Exception {
        try (InputStream file = TextStages.class.getResourceAsStream("/META-INF/callboard/stages.json")) {
            String json = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            for (StageRegistration stage : new TextStages().stages()) {
                assertTrue(json.contains("\"id\": \"" + stage.metadata().stageType() + "\""));
            }
        }
    }
}
