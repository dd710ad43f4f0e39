package dev.callboard.embed;

import dev.callboard.spi.BlobStore;
import dev.callboard.spi.testing.RecordingStageContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A task in which the stage runs; it can end when a certain checkpoint is kept, as if the process were killed there. */
final class EmbedContext extends RecordingStageContext {
    /** How an attempt ends in the middle. */
    static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    final List<Map<String, Object>> checkpoints = new ArrayList<>();
    private int killAt = Integer.MAX_VALUE;

    /** @param number of the checkpoint, from 1, after which the attempt ends */
    EmbedContext killAt(int number) {
        killAt = number;
        return this;
    }

    @Override
    public void keepCheckpoint(Map<String, Object> kept) {
        super.keepCheckpoint(kept);
        checkpoints.add(kept);
        if (checkpoints.size() == killAt) {
            throw new Killed();
        }
    }

    @SuppressWarnings("unchecked")
    Map<String, Object> embed(Object input) throws Exception {
        return (Map<String, Object>) new EmbedStage().execute(this, input);
    }

    static byte[] bytes(BlobStore blobs, Object sha256) throws IOException {
        try (var in = blobs.open((String) sha256)) {
            return in.readAllBytes();
        }
    }

    /** The vectors of an output, one after the other. */
    byte[] bytes(Map<String, Object> output) throws IOException {
        return bytes(blobs(), output.get("blob"));
    }
}
