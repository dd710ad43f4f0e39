package dev.callboard.pipelines;

import dev.callboard.bus.Bus;
import dev.callboard.palette.StageResolver;
import dev.callboard.pipelines.PipelineMessages.PluginsKnown;
import dev.callboard.registry.RegistryMessages;
import dev.callboard.registry.RegistryMessages.GetPlugins;
import dev.callboard.spi.StagePlugin;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The plugins that are loaded or being loaded, as the registry last said. */
public final class KnownPlugins implements PluginCatalog {
    private static final Logger LOG = LoggerFactory.getLogger(KnownPlugins.class);
    private static final String UNKNOWN = "unknown";

    /** Tasks that need the code of one that is being loaded wait for it. */
    private static final Set<String> PRESENT = Set.of("loaded", "loading");

    private final Bus bus;
    private final StageResolver resolver;
    private volatile List<Loaded> loaded = List.of();

    /** A plugin and its stage types. */
    private record Loaded(Plugin plugin, List<String> stages) {}

    /** Knows none until it is refreshed. */
    public KnownPlugins(Bus bus, StageResolver resolver) {
        this.bus = bus;
        this.resolver = resolver;
    }

    /** Asks the registry; what was known stays known when it does not answer. */
    public Future<Void> refresh() {
        return bus.ask(RegistryMessages.PLUGINS_GET, new GetPlugins())
                .<Void>map(reply -> {
                    List<Loaded> found = new ArrayList<>();
                    reply.plugins().stream()
                            .filter(plugin -> PRESENT.contains(plugin.state()) && plugin.name() != null)
                            .forEach(plugin -> found.add(new Loaded(
                                    new Plugin(
                                            Objects.requireNonNull(plugin.name()),
                                            Objects.requireNonNullElse(plugin.version(), UNKNOWN)),
                                    plugin.stages())));
                    known(List.copyOf(found));
                    return null;
                })
                .recover(failure -> {
                    LOG.debug("the plugins are not known: {}", failure.toString());
                    return Future.succeededFuture();
                });
    }

    private void known(List<Loaded> found) {
        if (!found.equals(loaded)) {
            loaded = found;
            bus.publish(PipelineMessages.PLUGINS_KNOWN, new PluginsKnown());
        }
    }

    @Override
    public Object version() {
        return loaded;
    }

    @Override
    public List<Plugin> loaded() {
        return loaded.stream().map(Loaded::plugin).toList();
    }

    @Override
    public Optional<Plugin> ofClass(String className) {
        return loaded.stream()
                .filter(plugin -> plugin.stages().stream().anyMatch(type -> isOf(type, className)))
                .map(Loaded::plugin)
                .findFirst();
    }

    /** Whether the code of a stage type comes with a class of that name; none of its code is run. */
    private boolean isOf(String type, String className) {
        return resolver.resolve(type)
                .map(StageResolver.Resolved::registration)
                .map(registration -> registration.factory().getClass().getClassLoader())
                .filter(loader -> loader != KnownPlugins.class.getClassLoader())
                .filter(loader -> isPlugin(loader, className))
                .isPresent();
    }

    private static boolean isPlugin(ClassLoader loader, String className) {
        try {
            return StagePlugin.class.isAssignableFrom(Class.forName(className, false, loader));
        } catch (ClassNotFoundException | LinkageError e) {
            LOG.trace("{} is not a class of {}", className, loader, e);
            return false;
        }
    }
}
