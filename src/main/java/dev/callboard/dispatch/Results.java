package dev.callboard.dispatch;

import dev.callboard.engine.JsonBlobs;
import dev.callboard.engine.StageJob;
import dev.callboard.engine.StageOutcome.Completed;
import dev.callboard.engine.StageOutcome.Facts;
import dev.callboard.engine.StageOutcome.StoredJson;
import dev.callboard.json.JsonShape;
import dev.callboard.json.JsonShape.WrongShapeException;
import dev.callboard.palette.StageDefinition;
import dev.callboard.spi.BlobStore;
import dev.callboard.spi.Stage;
import dev.callboard.spi.StageFailure;
import dev.callboard.spi.StageMetadata;
import dev.callboard.taskmodel.AppliedOutput;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes what a stage returned into what is kept: the output, what of it goes under which state key, and its count. */
final class Results {
    private final JsonBlobs values;
    private final long maxOutput;

    /** @param maxOutput the most characters of JSON text of one output, about */
    Results(BlobStore blobs, long maxOutput) {
        this.values = new JsonBlobs(blobs);
        this.maxOutput = maxOutput;
    }

    /** What is known of a stage's output; to be asked before the stage is executed. */
    static StageMetadata metadata(StageJob job, Stage stage, StageMetadata usual) {
        return stage instanceof AppliedOutput applied
                ? applied.metadata(job.template().stateKeys(usual.stateKeys()))
                : usual;
    }

    /**
     * Takes a result over.
     *
     * @param definition says what of it goes to the ledger
     * @throws WrongShapeException when it cannot be kept
     * @throws StageFailure when what goes to the ledger cannot be kept there
     */
    Completed completed(
            StageJob job,
            StageDefinition definition,
            StageMetadata metadata,
            AttemptContext context,
            @Nullable Object result)
            throws WrongShapeException, IOException, StageFailure {
        Object output = context.mask().value(JsonShape.copy(result, maxOutput));
        List<String> keys = job.template().stateKeys(metadata.stateKeys());
        if (output == null && !keys.isEmpty()) {
            throw new WrongShapeException("", "is null, but a value for " + String.join(", ", keys) + " was promised");
        }
        for (Map.Entry<String, Object> entry : definition.ledgerOf(output).entrySet()) {
            try {
                context.writeLedger(entry.getKey(), entry.getValue());
            } catch (IllegalArgumentException e) {
                throw StageFailure.permanent(
                        "wrong_output",
                        "What the stage's definition takes from its output does not fit the ledger: " + e.getMessage()
                                + ".");
            }
        }
        StoredJson stored = values.store(output);
        Map<String, Object> applied = applied(metadata, keys, output);
        Map<String, StoredJson> state = new LinkedHashMap<>();
        for (Map.Entry<String, Object> entry : applied.entrySet()) {
            if (!keys.contains(entry.getKey())) {
                throw new WrongShapeException(
                        "", "was to go under '" + entry.getKey() + "', which is no state key of the stage");
            }
            Object value = entry.getValue();
            state.put(entry.getKey(), value == output ? stored : values.store(JsonShape.copy(value, maxOutput)));
        }
        return new Completed(
                stored, Math.max(0, counted(metadata, output)), state, context.ledgerWrites(), Facts.of(output));
    }

    /** The SPI takes null for an output that is null. */
    @SuppressWarnings("NullAway")
    private static Map<String, Object> applied(StageMetadata metadata, List<String> keys, @Nullable Object output)
            throws WrongShapeException {
        Map<String, Object> applied = metadata.outputHandler().apply(keys, output);
        if (applied == null) {
            throw new WrongShapeException("", "could not be turned into state: the output handler gave null");
        }
        return applied;
    }

    /** The SPI takes null for an output that is null. */
    @SuppressWarnings("NullAway")
    private static long counted(StageMetadata metadata, @Nullable Object output) {
        return metadata.outputCounter().count(output);
    }
}
