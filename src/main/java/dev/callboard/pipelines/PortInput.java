package dev.callboard.pipelines;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where an input port of a stage gets its value: {@code STAGE}, {@code STAGE.PORT} or a source.
 *
 * @param from the stage or the source
 * @param source whether it is a source, whose value is the task's input
 * @param port the output port that is meant, null for all that the stage puts out
 */
public record PortInput(String from, boolean source, @Nullable String port) {

    /**
     * Reads the text of a pipeline. Names may have dots: the whole text is looked for first, then the longest name before a
     * dot; a stage comes before a source of the same name.
     *
     * @return empty when it names neither a stage nor a source
     */
    public static Optional<PortInput> of(String text, Collection<String> stages, Collection<String> sources) {
        return readings(text, stages, sources).stream().findFirst();
    }

    /** All that the text may mean, first what {@link #of(String, Collection, Collection)} takes it for. */
    static List<PortInput> readings(String text, Collection<String> stages, Collection<String> sources) {
        List<PortInput> readings = new ArrayList<>();
        for (int end = text.length(); end > 0; end = text.lastIndexOf('.', end - 1)) {
            String name = text.substring(0, end);
            boolean stage = stages.contains(name);
            if (stage || sources.contains(name)) {
                String port = end == text.length() ? null : text.substring(end + 1);
                readings.add(new PortInput(name, !stage, port));
            }
        }
        return readings;
    }

    /** As it is stored: {@code {from, source, port}}. */
    public Map<String, @Nullable Object> stored() {
        Map<String, @Nullable Object> stored = new LinkedHashMap<>();
        stored.put("from", from);
        stored.put("source", source);
        stored.put("port", port);
        return stored;
    }

    /** Reads what {@link #stored} made, port to it. */
    public static Map<String, PortInput> ofStored(Map<?, ?> stored) {
        Map<String, PortInput> inputs = new LinkedHashMap<>();
        stored.forEach((port, value) -> {
            if (value instanceof Map<?, ?> input) {
                inputs.put(
                        String.valueOf(port),
                        new PortInput(
                                String.valueOf(input.get("from")),
                                Boolean.TRUE.equals(input.get("source")),
                                input.get("port") instanceof String name ? name : null));
            }
        });
        return inputs;
    }

    /** The same of another name. */
    public PortInput renamed(String name) {
        return new PortInput(name, source, port);
    }

    /** As a pipeline says it. */
    public String text() {
        return port == null ? from : from + "." + port;
    }
}
