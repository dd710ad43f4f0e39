package dev.callboard.dispatch;

import dev.callboard.engine.TaskStages;
import dev.callboard.palette.StageResolver;
import dev.callboard.palette.StageResolver.Resolved;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The stage types that tasks started with: a task keeps them, their code held, until it ends, whatever becomes of the palette
 * and of plugin jars meanwhile. They may be found from any thread; the rest belongs to the dispatcher's context.
 */
final class PinnedStages implements TaskStages {
    private final StageResolver resolver;
    private final Map<String, Map<String, Resolved>> kept = new ConcurrentHashMap<>();

    PinnedStages(StageResolver resolver) {
        this.resolver = resolver;
    }

    /** Keeps those of the types that the task does not keep yet, as they are now; one that is being loaded is kept later. */
    void keep(String taskId, Collection<String> types) {
        Map<String, Resolved> ofTask = kept.computeIfAbsent(taskId, ignored -> new ConcurrentHashMap<>());
        for (String type : types) {
            if (!ofTask.containsKey(type)) {
                resolver.resolveAndHold(type)
                        .filter(resolved -> !resolved.loading())
                        .ifPresent(resolved -> ofTask.put(type, resolved));
            }
        }
    }

    /** As the task keeps it; null when the palette had no such type. */
    @Nullable
    Resolved find(String taskId, String type) {
        return kept.getOrDefault(taskId, Map.of()).get(type);
    }

    @Override
    public StageResolver of(String taskId) {
        return type -> Optional.ofNullable(find(taskId, type)).or(() -> resolver.resolve(type));
    }

    /** The task ended. */
    void drop(String taskId) {
        Map<String, Resolved> ofTask = kept.remove(taskId);
        if (ofTask != null) {
            ofTask.values().forEach(resolved -> resolved.code().release());
        }
    }
}
