package dev.callboard.fork;

import dev.callboard.spi.StagePlugin;
import dev.callboard.spi.StageRegistration;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** Asks the code of a plugin for its stages, in whichever process it was loaded. */
public final class PluginCode {
    private PluginCode() {}

    /**
     * All registrations of a jar. Runs foreign code, which may throw anything and may hang.
     *
     * @param loader sees the jar
     */
    public static List<StageRegistration> registrations(ClassLoader loader) {
        List<StageRegistration> found = new ArrayList<>();
        for (StagePlugin plugin : ServiceLoader.load(StagePlugin.class, loader)) {
            found.addAll(plugin.stages());
        }
        return found;
    }
}
