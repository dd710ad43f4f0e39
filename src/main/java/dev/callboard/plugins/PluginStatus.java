package dev.callboard.plugins;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.callboard.palette.RefusalClass;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a plugin jar is. What comes from the jar is fit to be shown: without control characters, and cut.
 *
 * @param file the file's name
 * @param name the plugin's name, null when it could not be read
 * @param version the plugin's version, null when it could not be read
 * @param api the version of the stage API that it was built for, null when it could not be read
 * @param isolation where its code runs: {@code none} (in the server) or {@code fork}; null when it could not be read
 * @param state {@code loaded}, {@code loading} (its stages are shown, its code is not there yet), {@code refused} or
 *     {@code disabled}
 * @param stages the ids of its stages
 * @param reason why it was refused or is disabled, else null
 * @param refusal of which class the reason for which it was refused is, else null; not part of the JSON
 * @param sha256 of the file, null when it could not be read
 * @param size of the file in bytes
 * @param bundled whether it travels in the server's jar; else it is a file of the plugins folder
 */
public record PluginStatus(
        String file,
        @Nullable String name,
        @Nullable String version,
        @Nullable String api,
        @Nullable String isolation,
        String state,
        List<String> stages,
        @Nullable String reason,
        @JsonIgnore @Nullable RefusalClass refusal,
        @Nullable String sha256,
        long size,
        boolean bundled) {
    private static final int MAX_NAME = 255;
    private static final int MAX_REASON = 1_000;
    private static final String OFF = "Plugins are switched off (plugins.enabled: false).";

    /** Copies, and makes texts fit to be shown. */
    public PluginStatus {
        file = PluginText.shown(file, MAX_NAME);
        name = name == null ? null : PluginText.shown(name, MAX_NAME);
        version = version == null ? null : PluginText.shown(version, MAX_NAME);
        api = api == null ? null : PluginText.shown(api, MAX_NAME);
        reason = reason == null ? null : PluginText.shown(reason, MAX_REASON);
        stages = List.copyOf(stages);
    }

    /** Of a jar of the folder, of which nothing is read because plugins are switched off. */
    static PluginStatus off(String file, long size) {
        return disabled(file, null, OFF, size, false);
    }

    /**
     * Of a jar that travels in the server's and is not loaded.
     *
     * @param instead the jar of the plugins folder that is used, null when plugins are switched off
     */
    static PluginStatus off(BundledPlugins.Jar jar, @Nullable String instead) {
        String reason = instead == null
                ? OFF
                : instead + " of the plugins folder is used instead of it: a jar of the folder goes first.";
        return disabled(jar.file(), jar.name(), reason, jar.size(), true);
    }

    private static PluginStatus disabled(
            String file, @Nullable String name, String reason, long size, boolean bundled) {
        return new PluginStatus(file, name, null, null, null, "disabled", List.of(), reason, null, null, size, bundled);
    }

    PluginStatus refused(RefusalClass refusal, String why) {
        return new PluginStatus(
                file, name, version, api, isolation, "refused", stages, why, refusal, sha256, size, bundled);
    }
}
