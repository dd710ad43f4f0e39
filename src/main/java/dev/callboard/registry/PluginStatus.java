package dev.callboard.registry;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a jar of the plugins folder is.
 *
 * @param file the file's name
 * @param name the plugin's name, null when it could not be read
 * @param version the plugin's version, null when it could not be read
 * @param state {@code loaded}, {@code refused} or {@code disabled}
 * @param stages the ids of its stages
 * @param reason why it was refused or is disabled, else null
 * @param sha256 of the file, null when it could not be read
 * @param size of the file in bytes
 */
public record PluginStatus(
        String file,
        @Nullable String name,
        @Nullable String version,
        String state,
        List<String> stages,
        @Nullable String reason,
        @Nullable String sha256,
        long size) {
    /** Copies. */
    public PluginStatus {
        stages = List.copyOf(stages);
    }

    PluginStatus refused(String why) {
        return new PluginStatus(file, name, version, "refused", stages, why, sha256, size);
    }
}
