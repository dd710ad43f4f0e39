package dev.callboard.plugins;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plugins that were replaced or removed. Each is closed once the palette shows it no more and nobody holds its code; until
 * then running work goes on with it. All methods are called one at a time.
 */
final class RetiredPlugins {
    private static final Logger LOG = LoggerFactory.getLogger(RetiredPlugins.class);

    private final List<LoadedPlugin> shown = new ArrayList<>();
    private final List<LoadedPlugin> waiting = new ArrayList<>();

    /** It is no longer in the folder as it was; the palette may still show it. */
    void retire(LoadedPlugin plugin) {
        shown.add(plugin);
    }

    /** The palette shows none of them any more. */
    void notShown() {
        waiting.addAll(shown);
        shown.clear();
    }

    /** Closes those that nobody holds. Blocks. */
    void closeUnused() {
        for (Iterator<LoadedPlugin> left = waiting.iterator(); left.hasNext(); ) {
            LoadedPlugin plugin = left.next();
            try {
                if (plugin.code().closeIfUnused()) {
                    LOG.info(
                            "Plugin {} {} is unloaded",
                            plugin.jar().name(),
                            plugin.jar().version());
                    left.remove();
                }
            } catch (IOException e) {
                left.remove();
                LOG.warn("Plugin {} cannot be closed", plugin.jar().name(), e);
            }
        }
    }
}
