package dev.callboard.embed;

import dev.callboard.spi.OutputCounter;
import dev.callboard.spi.Stage;
import dev.callboard.spi.StageMetadata;
import dev.callboard.spi.StagePlugin;
import dev.callboard.spi.StageRegistration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Registers the stage embed and the question embed-text. Creating it loads nothing: the first use loads the model. */
public final class EmbedPlugin implements StagePlugin {
    /** For {@link java.util.ServiceLoader}. */
    public EmbedPlugin() {}

    @Override
    public List<StageRegistration> stages() {
        return List.of(new StageRegistration(
                StageMetadata.builder("embed")
                        .stateKey("embedding_batch")
                        .outputCounter(OutputCounter.sumOf("vectors"))
                        .description(
                                "Turns each chunk into a vector, so that texts of a similar meaning are found; by a model"
                                        + " inside the plugin, without a network, or by an endpoint of the operator's.")
                        .dependencies("chunk")
                        .build(),
                EmbedStage::new));
    }

    @Override
    public Map<String, Supplier<? extends Stage>> queries() {
        return Map.of("embed-text", EmbedTextQuery::new);
    }
}
