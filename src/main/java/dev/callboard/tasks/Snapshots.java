package dev.callboard.tasks;

import dev.callboard.pipelines.Pipeline;
import dev.callboard.store.Database;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/** The copies of pipelines that tasks go through: those used last are known without looking. Of one event loop. */
final class Snapshots {
    private static final int KNOWN = 200;

    private final Database database;
    private final SnapshotRepository repository;
    private final Clock clock;
    private final Map<String, Known> known = new LinkedHashMap<>(16, 0.75f, true);

    /** @param pipeline the one that was copied */
    private record Known(Pipeline pipeline, String projectId) {}

    Snapshots(Database database, SnapshotRepository repository, Clock clock) {
        this.database = database;
        this.repository = repository;
        this.clock = clock;
    }

    /** The id of the copy of a pipeline as it is now; it is stored then. */
    Future<String> of(Pipeline pipeline) {
        Known last = known.get(pipeline.name());
        if (last != null && last.pipeline().equals(pipeline)) {
            return Future.succeededFuture(last.projectId());
        }
        return database.write(transaction -> repository.snapshot(transaction, pipeline, clock.instant()))
                .onSuccess(projectId -> {
                    known.put(pipeline.name(), new Known(pipeline, projectId));
                    if (known.size() > KNOWN) {
                        known.remove(known.keySet().iterator().next());
                    }
                });
    }
}
