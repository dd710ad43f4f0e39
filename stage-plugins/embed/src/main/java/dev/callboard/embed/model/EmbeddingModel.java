package dev.callboard.embed.model;

import dev.callboard.spi.StageFailure;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Turns texts into vectors. */
public interface EmbeddingModel extends AutoCloseable {
    /** The model's name, stored with the vectors. */
    String name();

    /** What tells vectors of this model from those of any other: 64 hexadecimal digits, stored with the vectors. */
    String sha256();

    /** How many texts it takes at once. */
    int batchSize();

    /**
     * The vectors of some texts, in their order. A text's vector does not depend on the texts beside it.
     *
     * @param texts at most {@link #batchSize()}
     * @param cancelled asked now and then whether anybody still wants them
     * @throws StageFailure when the model cannot be asked
     * @throws InterruptedException when nobody wants them any more
     */
    List<Embedding> embed(List<String> texts, BooleanSupplier cancelled) throws StageFailure, InterruptedException;

    /** Lets go of what was opened for this use. */
    @Override
    void close();
}
