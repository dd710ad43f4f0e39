package org.example.text;

import dev.callboard.spi.OutputCounter;
import dev.callboard.spi.StageMetadata;
import dev.callboard.spi.StagePlugin;
import dev.callboard.spi.StageRegistration;
import java.util.List;

/** Registers the two stages. What it says must agree with {@code META-INF/callboard/stages.json}. */
public final class TextStages implements StagePlugin {
    /** For {@link java.util.ServiceLoader}. */
    public TextStages() {}

    @Override
    public List<StageRegistration> stages() {
        return List.of(
                new StageRegistration(
                        StageMetadata.builder("text-statistics")
                                .stateKey("text_statistics")
                                .outputCounter(OutputCounter.sumOf("words"))
                                .description("Counts the words of a document and lists the most frequent ones.")
                                .build(),
                        TextStatistics::new),
                new StageRegistration(
                        StageMetadata.builder("not-before")
                                .description("Holds a task until a moment, or until somebody says go_ahead.")
                                .build(),
                        NotBefore::new));
    }
}
