package dev.callboard.fork;

import dev.callboard.spi.StagePlugin;
import dev.callboard.spi.StageRegistration;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** Asks the code of a plugin for its stages, in whichever process it was loaded. */
public final class PluginCode {
    /** More than a jar may declare. */
    private static final int MAX_REGISTRATIONS = 1_000;

    private PluginCode() {}

    /**
     * All registrations of a jar. Runs foreign code, which may throw anything and may hang.
     *
     * @param loader sees the jar
     */
    public static List<StageRegistration> registrations(ClassLoader loader) {
        List<StageRegistration> found = new ArrayList<>();
        for (StagePlugin plugin : ServiceLoader.load(StagePlugin.class, loader)) {
            for (StageRegistration registration : plugin.stages()) {
                if (found.size() == MAX_REGISTRATIONS) {
                    throw new IllegalStateException("it registers more than " + MAX_REGISTRATIONS + " stages");
                }
                found.add(registration);
            }
        }
        return found;
    }
}
