package dev.callboard.plugins;

import org.jspecify.annotations.Nullable;

/**
 * What a plugin brings to the palette.
 *
 * @param jar what its jar says of itself
 * @param code null as long as it is being loaded: its stages are shown, and cannot run yet
 */
public record PluginStages(PluginJar jar, @Nullable LoadedPlugin code) {}
