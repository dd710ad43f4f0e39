package dev.callboard.fork;

import dev.callboard.palette.Answerer;
import dev.callboard.spi.Stage;
import dev.callboard.spi.StageMetadata;
import dev.callboard.spi.StagePlugin;
import dev.callboard.spi.StageRegistration;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Supplier;

/** Asks the code of a plugin for its stages, in whichever process it was loaded. */
public final class PluginCode {
    /** More than a jar may declare. */
    private static final int MAX_REGISTRATIONS = 1_000;

    private PluginCode() {}

    /**
     * All registrations of a jar; what answers a question is registered as {@link Answerer#TYPE} and its name. Runs foreign code, which may throw anything and may hang.
     *
     * @param loader sees the jar
     */
    public static List<StageRegistration> registrations(ClassLoader loader) {
        List<StageRegistration> found = new ArrayList<>();
        for (StagePlugin plugin : ServiceLoader.load(StagePlugin.class, loader)) {
            plugin.stages().forEach(registration -> add(found, registration));
            plugin.queries().forEach((name, factory) -> add(found, answerer(name, factory)));
        }
        return found;
    }

    private static void add(List<StageRegistration> found, StageRegistration registration) {
        if (found.size() == MAX_REGISTRATIONS) {
            throw new IllegalStateException("it registers more than " + MAX_REGISTRATIONS + " stages");
        }
        found.add(registration);
    }

    private static StageRegistration answerer(String name, Supplier<? extends Stage> factory) {
        return new StageRegistration(StageMetadata.builder(Answerer.TYPE + name).build(), factory);
    }
}
