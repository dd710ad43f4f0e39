package dev.callboard.dispatch;

import dev.callboard.engine.StageJob;
import dev.callboard.engine.Wire;
import dev.callboard.spi.BlobStore;
import dev.callboard.spi.StageFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a stage takes that an executor runs: what its ports are fed, else what the stage before it put out; of a first stage with one text input that text,
 * else the list of the inputs, {@code {text}} for a text, {@code {blob, size}} for any other, {@code {url}} for an address,
 * each with {@code name} and {@code media_type}. Blocks.
 */
record ExecutorInputs(BlobStore blobs) {
    /** The most bytes of one text; a longer one stays a blob. */
    private static final int MAX_TEXT = 1 << 20;

    @Nullable
    Object of(StageJob job, AttemptContext context) throws IOException, StageFailure {
        boolean fromTask = job.wires().isEmpty()
                ? job.previous().isEmpty()
                : job.wires().stream().anyMatch(wire -> wire instanceof Wire.FromSource);
        return context.stageInput(fromTask ? taskInput(context) : null);
    }

    private Object taskInput(AttemptContext context) throws IOException {
        List<Map<String, Object>> inputs = new ArrayList<>();
        for (Map<String, Object> input : context.inputs()) {
            inputs.add(withText(input));
        }
        Object only = inputs.size() == 1 ? inputs.get(0).get("text") : null;
        return only == null ? inputs : only;
    }

    /** Whether an input was given as a text, of whatever media type, not as a file. */
    static boolean isGivenText(Map<?, ?> input) {
        return "text".equals(input.get("given_as"));
    }

    private Map<String, Object> withText(Map<String, Object> input) throws IOException {
        boolean text = isGivenText(input) || "text/plain".equals(input.get("media_type"));
        if (!text || !(input.get("blob") instanceof String blob)) {
            return input;
        }
        byte[] bytes;
        try (InputStream in = blobs.open(blob)) {
            bytes = in.readNBytes(MAX_TEXT + 1);
        }
        if (bytes.length > MAX_TEXT) {
            return input;
        }
        Map<String, Object> shown = new LinkedHashMap<>();
        try {
            shown.put(
                    "text",
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes))
                            .toString());
        } catch (CharacterCodingException e) {
            return input; // Not UTF-8: its bytes are what there is.
        }
        input.forEach((key, value) -> {
            if (!List.of("blob", "size", "given_as").contains(key)) {
                shown.put(key, value);
            }
        });
        return shown;
    }
}
