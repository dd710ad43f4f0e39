package dev.callboard.pipelines;

import dev.callboard.bus.Bus;
import dev.callboard.pipelines.PipelineMessages.PipelinesChanged;
import dev.callboard.pipelines.PipelineMessages.ServedPipeline;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes which pipelines are other than before, whatever made them so: their files, the palette, or the plugins.
 * One look at a time; what changes during one is seen by one more after it. Lives on its verticle's event loop.
 */
public final class PipelineWatch {
    private static final Logger LOG = LoggerFactory.getLogger(PipelineWatch.class);

    /** A look goes through all pipelines: those who follow the palette hear of its change first, and changes in a row are one look. */
    private static final long AFTER_PALETTE_MS = 100;

    private final Vertx vertx;
    private final Bus bus;
    private final Pipelines pipelines;
    private final KnownPlugins plugins;
    private Map<String, Look> published = Map.of();
    private boolean looking;
    private boolean again;
    private boolean due;

    /** All of a pipeline that clients can see. */
    private record Look(ServedPipeline served, List<ResolvedStage> resolved) {}

    /** Looks at nothing before it is started. */
    public PipelineWatch(Vertx vertx, Bus bus, Pipelines pipelines, KnownPlugins plugins) {
        this.vertx = vertx;
        this.bus = bus;
        this.pipelines = pipelines;
        this.plugins = plugins;
    }

    /** Looks, publishes nothing: what there is at the start is nobody's news. */
    public Future<Void> start() {
        return look().onSuccess(found -> published = found).mapEmpty();
    }

    /** Something may have changed. */
    public void changed() {
        if (looking) {
            again = true;
            return;
        }
        looking = true;
        again = false;
        look().onSuccess(this::publishChanges)
                .onFailure(failure -> LOG.warn("The pipelines cannot be checked: {}", failure.toString()))
                .onComplete(done -> {
                    looking = false;
                    if (again) {
                        changed();
                    }
                });
    }

    /** The palette is another. */
    public void paletteChanged() {
        if (!due) {
            due = true;
            vertx.setTimer(AFTER_PALETTE_MS, timer -> {
                due = false;
                changed();
            });
        }
    }

    private Future<Map<String, Look>> look() {
        return plugins.refresh()
                .compose(fresh -> vertx.executeBlocking(() -> {
                    Map<String, Look> found = new LinkedHashMap<>();
                    pipelines
                            .all()
                            .forEach(served -> found.put(served.name(), new Look(served, pipelines.resolved(served))));
                    return found;
                }));
    }

    private void publishChanges(Map<String, Look> found) {
        Map<String, Look> before = published;
        published = found;
        List<ServedPipeline> changed = found.values().stream()
                .filter(look -> !look.equals(before.get(look.served().name())))
                .map(Look::served)
                .toList();
        List<String> removed = before.keySet().stream()
                .filter(name -> !found.containsKey(name))
                .toList();
        if (!changed.isEmpty() || !removed.isEmpty()) {
            bus.publish(PipelineMessages.CHANGED, new PipelinesChanged(changed, removed));
        }
    }
}
