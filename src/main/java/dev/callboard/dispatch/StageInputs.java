package dev.callboard.dispatch;

import dev.callboard.engine.ExecutionMessages.OutputReply;
import dev.callboard.engine.JsonBlobs;
import dev.callboard.engine.StageJob;
import dev.callboard.engine.Wire;
import dev.callboard.spi.StageFailure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an attempt's stage is given: what the stages before it put out, and the task's state; read when it is asked for. */
final class StageInputs {
    private final StageJob job;
    private final JsonBlobs values;
    private @Nullable Map<String, Object> state;

    /** @param values reads outputs that are stored as blobs */
    StageInputs(StageJob job, JsonBlobs values) {
        this.job = job;
        this.values = values;
    }

    /**
     * The input of the stage, as the SPI says: of a first stage, behind one stage, behind several; of a stage that says what feeds
     * its ports the value of its one port, or port to value.
     *
     * @param taskInput the task's input, as such a stage takes it
     * @throws StageFailure {@code input_missing} when nothing feeds a port
     */
    @Nullable
    Object stageInput(@Nullable Object taskInput) throws IOException, StageFailure {
        if (!job.wires().isEmpty()) {
            Map<String, @Nullable Object> fed = new LinkedHashMap<>();
            for (Wire wire : job.wires()) {
                fed.put(wire.port(), fed(wire, taskInput));
            }
            return single(fed);
        }
        if (job.previous().isEmpty()) {
            return taskInput;
        }
        return single(load(job.previous()));
    }

    private static @Nullable Object single(Map<String, @Nullable Object> values) {
        return values.size() == 1 ? values.values().iterator().next() : Collections.unmodifiableMap(values);
    }

    private @Nullable Object fed(Wire wire, @Nullable Object taskInput) throws IOException, StageFailure {
        if (wire instanceof Wire.FromSource) {
            return taskInput;
        }
        if (!(wire instanceof Wire.FromStage from) || from.output() == null) {
            String why = wire instanceof Wire.Lacking lacking ? lacking.reason() : "what feeds it has no output";
            throw StageFailure.permanent(
                    "input_missing", "The stage has nothing for its input '" + wire.port() + "': " + why + ".");
        }
        Object output = values.load(from.output().json(), from.output().blob());
        String member = from.member();
        if (member == null) {
            return output;
        }
        if (!(output instanceof Map<?, ?> members) || !members.containsKey(member)) {
            throw StageFailure.permanent(
                    "input_missing",
                    "The stage has nothing for its input '" + wire.port() + "': '" + from.name() + "' put out no '"
                            + member + "'.");
        }
        return members.get(member);
    }

    private Map<String, @Nullable Object> load(Map<String, OutputReply> stored) throws IOException {
        Map<String, @Nullable Object> loaded = new LinkedHashMap<>();
        for (Map.Entry<String, OutputReply> entry : stored.entrySet()) {
            loaded.put(
                    entry.getKey(),
                    values.load(entry.getValue().json(), entry.getValue().blob()));
        }
        return loaded;
    }

    /** The task's input, an object for each item. */
    List<Map<String, Object>> ofTask() {
        List<Map<String, Object>> inputs = new ArrayList<>();
        for (Object item : job.input()) {
            Map<String, @Nullable Object> input = new LinkedHashMap<>();
            ((Map<?, ?>) item).forEach((key, value) -> input.put(String.valueOf(key), value));
            inputs.add(unmodifiable(input));
        }
        return Collections.unmodifiableList(inputs);
    }

    /** State key to value. */
    synchronized Map<String, Object> state() throws IOException {
        if (state == null) {
            state = unmodifiable(load(job.state()));
        }
        return state;
    }

    /** A map as the SPI hands it out; a null member is one of JSON's. */
    @SuppressWarnings({"NullAway", "unchecked"})
    static Map<String, Object> unmodifiable(Map<String, @Nullable Object> map) {
        return Collections.unmodifiableMap((Map<String, Object>) (Map<?, ?>) new LinkedHashMap<>(map));
    }
}
