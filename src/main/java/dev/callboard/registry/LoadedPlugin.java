package dev.callboard.registry;

import dev.callboard.model.ExecutorType;
import dev.callboard.model.StageDefinition;
import dev.callboard.spi.StageMetadata;
import dev.callboard.spi.StagePlugin;
import dev.callboard.spi.StageRegistration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A plugin whose code is loaded.
 *
 * @param jar what its jar says of itself
 * @param settings what the operator set for it, secrets filled in
 * @param registrations its stages by stage type
 * @param code its class loader and the copy that it reads; closed when no execution needs it any more
 */
record LoadedPlugin(
        PluginJar jar, Map<String, Object> settings, Map<String, StageRegistration> registrations, HeldCode code) {
    private static final Logger LOG = LoggerFactory.getLogger(LoadedPlugin.class);

    /** More than a jar may declare. */
    private static final int MAX_REGISTRATIONS = 1_000;

    LoadedPlugin {
        settings = Map.copyOf(settings);
        registrations = Map.copyOf(registrations);
    }

    /** Settings are nobody's to see. */
    @Override
    public String toString() {
        return "LoadedPlugin[" + jar.name() + " " + jar.version() + "]";
    }

    /**
     * Loads the code of a jar. It runs foreign code, so call it on a thread that may hang.
     *
     * @param copy what is loaded; deleted when the code is closed, but not when it is refused
     * @throws PluginRefused when the code fails or disagrees with what the jar says of itself
     */
    static LoadedPlugin load(PluginJar jar, Map<String, Object> settings, Path copy) throws PluginRefused {
        if (jar.forked()) {
            throw new PluginRefused("It asks for a process of its own (Callboard-Isolation: fork), which this version"
                    + " of the server does not start.");
        }
        return loadHere(jar, settings, copy);
    }

    private static LoadedPlugin loadHere(PluginJar jar, Map<String, Object> settings, Path copy) throws PluginRefused {
        PluginClassLoader loader;
        try {
            loader = new PluginClassLoader(jar.name(), copy);
        } catch (IOException e) {
            throw new PluginRefused("Its class loader could not be made: " + e.getMessage() + ".");
        }
        Thread thread = Thread.currentThread();
        ClassLoader usual = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            Map<String, StageRegistration> registrations = agreed(jar, registrations(loader));
            return new LoadedPlugin(jar, settings, registrations, new HeldCode(() -> {
                try {
                    loader.close();
                } finally {
                    Files.deleteIfExists(copy);
                }
            }));
        } catch (Throwable e) {
            PluginRefused refused = e instanceof PluginRefused expected ? expected : PluginRefused.because(e);
            close(jar, loader);
            throw refused;
        } finally {
            thread.setContextClassLoader(usual);
        }
    }

    private static void close(PluginJar jar, PluginClassLoader loader) {
        try {
            loader.close();
        } catch (IOException e) {
            LOG.warn("The class loader of the refused plugin {} cannot be closed", jar.name(), e);
        }
    }

    private static List<StageRegistration> registrations(PluginClassLoader loader) throws PluginRefused {
        List<StageRegistration> found = new ArrayList<>();
        for (StagePlugin plugin : ServiceLoader.load(StagePlugin.class, loader)) {
            for (StageRegistration registration : plugin.stages()) {
                if (found.size() == MAX_REGISTRATIONS) {
                    throw new PluginRefused("It registers more than " + MAX_REGISTRATIONS + " stages.");
                }
                found.add(registration);
            }
        }
        return found;
    }

    private static Map<String, StageRegistration> agreed(PluginJar jar, List<StageRegistration> registrations)
            throws PluginRefused {
        Map<String, StageRegistration> found = new LinkedHashMap<>();
        for (StageRegistration registration : registrations) {
            String type = registration.metadata().stageType();
            if (found.putIfAbsent(type, registration) != null) {
                throw new PluginRefused("It registers '" + type + "' twice.");
            }
        }
        Set<String> declared = new TreeSet<>();
        for (StageDefinition stage : jar.stages()) {
            if (stage.executor() == ExecutorType.JAVA) {
                declared.add(stage.id());
                checkAgrees(stage, found.get(stage.id()));
            }
        }
        Set<String> undeclared = new TreeSet<>(found.keySet());
        undeclared.removeAll(declared);
        if (!undeclared.isEmpty()) {
            throw new PluginRefused(
                    "It registers " + undeclared + ", which its " + PluginJar.STAGES + " does not name.");
        }
        return found;
    }

    private static void checkAgrees(
            StageDefinition stage, @org.jspecify.annotations.Nullable StageRegistration registration)
            throws PluginRefused {
        if (registration == null) {
            throw new PluginRefused(
                    "Its " + PluginJar.STAGES + " names '" + stage.id() + "', which it does not register.");
        }
        StageMetadata metadata = registration.metadata();
        if (!metadata.stateKeys().equals(stage.stateKeys())) {
            throw new PluginRefused("Its '" + stage.id() + "' registers the state keys " + metadata.stateKeys()
                    + ", its " + PluginJar.STAGES + " says " + stage.stateKeys() + ".");
        }
        if (!Set.copyOf(metadata.dependencies()).equals(Set.copyOf(stage.dependencies()))) {
            throw new PluginRefused("Its '" + stage.id() + "' registers the dependencies " + metadata.dependencies()
                    + ", its " + PluginJar.STAGES + " says " + stage.dependencies() + ".");
        }
    }
}
