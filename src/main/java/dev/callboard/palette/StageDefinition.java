package dev.callboard.palette;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What somebody says of a stage, source or sink; the palette adds where it comes from and whether it can run.
 *
 * @param id of the form {@link dev.callboard.spi.Forms#STAGE_TYPE}, unique in the palette
 * @param name what people call it
 * @param label what the palette shows, mostly the name
 * @param type its group
 * @param description one or two sentences, possibly empty
 * @param executionType where the work happens, see {@link ExecutorType#executionType()}
 * @param ports what it takes and gives
 * @param settingsSchema its settings, in order
 * @param executor what runs it
 * @param executorConfig what that executor needs to know, JSON-shaped
 * @param version SemVer or any other word of the author's
 * @param stateKeys where its output goes in the task's state, possibly nowhere
 * @param dependencies stage types that it cannot do without
 * @param ledger what of its output goes to the task's ledger: ledger key to a path into the output such as {@code
 *     review.passed}, a whole output for {@link #WHOLE}
 * @param extra fields of the author's that Callboard keeps and does not read
 */
public record StageDefinition(
        String id,
        String name,
        String label,
        EntryType type,
        String description,
        String executionType,
        Ports ports,
        List<Setting> settingsSchema,
        ExecutorType executor,
        Map<String, @Nullable Object> executorConfig,
        String version,
        List<String> stateKeys,
        List<String> dependencies,
        Map<String, String> ledger,
        Map<String, @Nullable Object> extra) {
    /** The path of a whole output. */
    public static final String WHOLE = ".";

    /** One that writes nothing to the ledger. */
    public StageDefinition(
            String id,
            String name,
            String label,
            EntryType type,
            String description,
            String executionType,
            Ports ports,
            List<Setting> settingsSchema,
            ExecutorType executor,
            Map<String, @Nullable Object> executorConfig,
            String version,
            List<String> stateKeys,
            List<String> dependencies,
            Map<String, @Nullable Object> extra) {
        this(
                id,
                name,
                label,
                type,
                description,
                executionType,
                ports,
                settingsSchema,
                executor,
                executorConfig,
                version,
                stateKeys,
                dependencies,
                Map.of(),
                extra);
    }

    /** Copies. */
    public StageDefinition {
        settingsSchema = List.copyOf(settingsSchema);
        executorConfig = Collections.unmodifiableMap(new LinkedHashMap<>(executorConfig));
        stateKeys = List.copyOf(stateKeys);
        dependencies = List.copyOf(dependencies);
        ledger = Collections.unmodifiableMap(new LinkedHashMap<>(ledger));
        extra = Collections.unmodifiableMap(new LinkedHashMap<>(extra));
    }

    /** What of an output goes to the ledger, by key; what is not there, or null, is left out. */
    public Map<String, Object> ledgerOf(@Nullable Object output) {
        Map<String, Object> entries = new LinkedHashMap<>();
        ledger.forEach((key, path) -> {
            Object value = path.equals(WHOLE) ? output : TemplateValues.at(output, path);
            if (value != null) {
                entries.put(key, value);
            }
        });
        return entries;
    }
}
