package dev.callboard.pipelines;

import dev.callboard.palette.StageResolver;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Pipelines that were checked and found good, until the pipeline, the palette or the plugins are others: most tasks go through a
 * pipeline that has not changed since the task before. Of several threads.
 */
final class UsablePipelines {
    private static final int MOST = 200;

    private final StageResolver resolver;
    private final PluginCatalog plugins;
    private final Map<String, Usable> known = new ConcurrentHashMap<>();

    /** @param usable with what the section plugins gives */
    private record Usable(Pipeline served, Object palette, Object plugins, Pipeline usable) {}

    UsablePipelines(StageResolver resolver, PluginCatalog plugins) {
        this.resolver = resolver;
        this.plugins = plugins;
    }

    /** What was made of a file, if nothing has changed since. */
    Optional<Pipeline> find(PipelineFile file) {
        Usable found = known.get(file.name());
        return found != null
                        && found.served() == file.pipeline()
                        && found.palette() == resolver.version()
                        && found.plugins() == plugins.version()
                ? Optional.of(found.usable())
                : Optional.empty();
    }

    /** Makes it, and keeps it for the next time. */
    Pipeline make(PipelineFile file, Supplier<Pipeline> check) {
        // Before the check: what changes meanwhile makes the result an old one.
        Object palette = resolver.version();
        Object catalog = plugins.version();
        Pipeline usable = check.get();
        if (known.size() >= MOST) {
            known.clear();
        }
        if (file.pipeline() != null) {
            known.put(file.name(), new Usable(file.pipeline(), palette, catalog, usable));
        }
        return usable;
    }
}
