package dev.callboard.plugins;

import dev.callboard.palette.StageDefinition;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A plugin jar: loaded, being loaded, or with the reason why not.
 *
 * @param signature of the file that was read
 * @param status as it is shown
 * @param described what the jar says of itself, null when it brings nothing to the palette
 * @param plugin its code, null when it is not there (yet)
 * @param owned the ids that the palette gave to it last
 */
record KnownPlugin(
        PluginFolder.Signature signature,
        PluginStatus status,
        @Nullable PluginJar described,
        @Nullable LoadedPlugin plugin,
        Set<String> owned) {

    /** The same file, as it is now. */
    KnownPlugin owning(boolean accepted) {
        return new KnownPlugin(signature, status, described, plugin, accepted ? ids() : Set.of());
    }

    /** Whether it is a jar of the plugins folder that brings a plugin of that name. */
    boolean isInFolder(String name) {
        return described != null && !status.bundled() && described.name().equalsIgnoreCase(name);
    }

    private Set<String> ids() {
        return described == null
                ? Set.of()
                : described.stages().stream().map(StageDefinition::id).collect(Collectors.toSet());
    }

    /**
     * Who has ids keeps them; a new version that wants more ids comes after those that want no more. What travels with the
     * server comes last, so that an operator's jar never has to wait for it.
     */
    int rank() {
        if (status.bundled()) {
            return 3;
        }
        if (owned.isEmpty() || described == null) {
            return 2;
        }
        return owned.containsAll(ids()) ? 0 : 1;
    }
}
