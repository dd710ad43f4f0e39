package dev.callboard.plugins;

import dev.callboard.fork.ForkException;
import dev.callboard.fork.ForkedPlugin;
import dev.callboard.fork.PluginClassLoader;
import dev.callboard.fork.PluginCode;
import dev.callboard.palette.Answerer;
import dev.callboard.palette.ExecutorType;
import dev.callboard.palette.RefusalClass;
import dev.callboard.palette.StageDefinition;
import dev.callboard.spi.StageMetadata;
import dev.callboard.spi.StageRegistration;
import java.io.Closeable;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A plugin whose code is loaded.
 *
 * @param jar what its jar says of itself
 * @param settings what the operator set for it, secrets filled in
 * @param registrations its stages by stage type, and what answers questions by {@link Answerer#TYPE} and their names
 * @param code its class loader or its processes, and the copy that they read; closed when no execution needs it any more
 */
public record LoadedPlugin(
        PluginJar jar,
        Map<String, Object> settings,
        Map<String, StageRegistration> registrations,
        PluginCodeCache code) {
    private static final Logger LOG = LoggerFactory.getLogger(LoadedPlugin.class);

    /** Copies. */
    public LoadedPlugin {
        settings = Map.copyOf(settings);
        registrations = Map.copyOf(registrations);
    }

    /** Settings are nobody's to see. */
    @Override
    public String toString() {
        return "LoadedPlugin[" + jar.name() + " " + jar.version() + "]";
    }

    /**
     * Has the code of a jar loaded in a process of its own; when it was before, only when a stage of it executes. It runs foreign
     * code, so call it on a thread that may hang.
     *
     * @param copy what is loaded; released when the code is closed, but not when it is refused
     * @param sha256 of the copy
     * @throws PluginRefused when the code fails or disagrees with what the jar says of itself
     */
    static LoadedPlugin loadForked(
            PluginJar jar, Map<String, Object> settings, PluginCopy copy, String sha256, ForkedJars forked)
            throws PluginRefused {
        Optional<ForkedPlugin> heard = forked.heard(jar.name(), copy.path(), sha256);
        if (heard.isPresent()) {
            try {
                return of(jar, settings, copy, heard.get());
            } catch (PluginRefused e) {
                LOG.debug(
                        "What is kept of the plugin {} is not what it says of itself; it is asked again",
                        jar.name(),
                        e);
            }
        }
        ForkedPlugin plugin;
        try {
            plugin = forked.load(jar.name(), copy.path());
        } catch (ForkException e) {
            throw new PluginRefused(RefusalClass.CODE, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PluginRefused(RefusalClass.OTHER, "It was not waited for.");
        }
        LoadedPlugin loaded = of(jar, settings, copy, plugin);
        forked.keep(sha256, plugin);
        return loaded;
    }

    private static LoadedPlugin of(PluginJar jar, Map<String, Object> settings, PluginCopy copy, ForkedPlugin plugin)
            throws PluginRefused {
        try {
            return new LoadedPlugin(jar, settings, agreed(jar, plugin.registrations()), held(plugin, copy));
        } catch (PluginRefused e) {
            plugin.close();
            throw e;
        }
    }

    private static PluginCodeCache held(Closeable code, PluginCopy copy) {
        return new PluginCodeCache(() -> {
            try {
                code.close();
            } finally {
                copy.release();
            }
        });
    }

    /**
     * Loads the code of a jar into the server. It runs foreign code, so call it on a thread that may hang.
     *
     * @param copy what is loaded; released when the code is closed, but not when it is refused
     * @throws PluginRefused when the code fails or disagrees with what the jar says of itself
     */
    static LoadedPlugin loadHere(PluginJar jar, Map<String, Object> settings, PluginCopy copy) throws PluginRefused {
        PluginClassLoader loader;
        try {
            loader = new PluginClassLoader(jar.name(), copy.path());
        } catch (IOException e) {
            throw new PluginRefused(RefusalClass.CODE, "Its class loader could not be made: " + e.getMessage() + ".");
        }
        Thread thread = Thread.currentThread();
        ClassLoader usual = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            Map<String, StageRegistration> registrations = agreed(jar, PluginCode.registrations(loader));
            return new LoadedPlugin(jar, settings, registrations, held(loader, copy));
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

    private static Map<String, StageRegistration> agreed(PluginJar jar, List<StageRegistration> registrations)
            throws PluginRefused {
        Map<String, StageRegistration> found = new LinkedHashMap<>();
        for (StageRegistration registration : registrations) {
            String type = registration.metadata().stageType();
            if (found.putIfAbsent(type, registration) != null) {
                throw new PluginRefused(RefusalClass.REGISTRATION, "It registers '" + type + "' twice.");
            }
        }
        Set<String> declared = new TreeSet<>();
        for (StageDefinition stage : jar.stages()) {
            if (stage.executor() == ExecutorType.JAVA) {
                declared.add(stage.id());
                checkAgrees(stage, found.get(stage.id()));
            }
        }
        for (String query : jar.queries()) {
            String type = Answerer.TYPE + query;
            if (!found.containsKey(type) || declared.contains(type)) {
                throw new PluginRefused(
                        RefusalClass.REGISTRATION,
                        "Its " + PluginJar.STAGES + " names the question '" + query + "', which it does not answer.");
            }
            declared.add(type);
        }
        Set<String> undeclared = new TreeSet<>(found.keySet());
        undeclared.removeAll(declared);
        if (!undeclared.isEmpty()) {
            throw new PluginRefused(
                    RefusalClass.REGISTRATION,
                    "It registers " + undeclared + ", which its " + PluginJar.STAGES + " does not name.");
        }
        return found;
    }

    private static void checkAgrees(
            StageDefinition stage, @org.jspecify.annotations.Nullable StageRegistration registration)
            throws PluginRefused {
        if (registration == null) {
            throw new PluginRefused(
                    RefusalClass.REGISTRATION,
                    "Its " + PluginJar.STAGES + " names '" + stage.id() + "', which it does not register.");
        }
        StageMetadata metadata = registration.metadata();
        if (!metadata.stateKeys().equals(stage.stateKeys())) {
            throw new PluginRefused(
                    RefusalClass.REGISTRATION,
                    "Its '" + stage.id() + "' registers the state keys " + metadata.stateKeys() + ", its "
                            + PluginJar.STAGES + " says " + stage.stateKeys() + ".");
        }
        if (!Set.copyOf(metadata.dependencies()).equals(Set.copyOf(stage.dependencies()))) {
            throw new PluginRefused(
                    RefusalClass.REGISTRATION,
                    "Its '" + stage.id() + "' registers the dependencies " + metadata.dependencies() + ", its "
                            + PluginJar.STAGES + " says " + stage.dependencies() + ".");
        }
    }
}
