package dev.callboard.pipelines;

import java.util.List;
import java.util.Optional;

/** The plugins that are loaded, or being loaded, now. */
public interface PluginCatalog {
    /** No plugins at all. */
    PluginCatalog NONE = new PluginCatalog() {
        @Override
        public List<Plugin> loaded() {
            return List.of();
        }

        @Override
        public Optional<Plugin> ofClass(String className) {
            return Optional.empty();
        }
    };

    /**
     * A plugin.
     *
     * @param name as its jar says
     * @param version as its jar says, possibly {@code unknown}
     */
    record Plugin(String name, String version) {}

    /** Which answers these are: the same object as long as none has changed, and another one afterwards. By default unknown. */
    default Object version() {
        return new Object();
    }

    /** All of them. */
    List<Plugin> loaded();

    /** The one whose code has a {@code StagePlugin} of that class name. */
    Optional<Plugin> ofClass(String className);
}
