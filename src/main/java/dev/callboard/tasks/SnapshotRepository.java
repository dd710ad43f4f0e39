package dev.callboard.tasks;

import dev.callboard.hash.Sha256;
import dev.callboard.json.Json;
import dev.callboard.pipelines.Pipeline;
import dev.callboard.problem.Ids;
import dev.callboard.projects.TemplateRepository;
import dev.callboard.store.Database;
import dev.callboard.store.Transaction;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;

/** Writes the copies of pipelines that tasks go through: later edits of a pipeline do not touch them. */
final class SnapshotRepository {
    private final Database database;
    private final Ids ids;
    private final TemplateRepository templates;

    SnapshotRepository(Database database, Ids ids, TemplateRepository templates) {
        this.database = database;
        this.ids = ids;
        this.templates = templates;
    }

    Future<Boolean> exists(Transaction transaction, String id) {
        return transaction
                .execute("SELECT 1 FROM tasks WHERE id = ?", Tuple.of(id))
                .map(found -> found.size() > 0);
    }

    /** The id of the copy of a pipeline with this very content, which is made when there is none. */
    Future<String> snapshot(Transaction transaction, Pipeline pipeline, Instant now) {
        String hash = Sha256.hex(Json.write(pipeline));
        return transaction
                .execute("SELECT id FROM projects WHERE pipeline_hash = ? AND kind = 'snapshot'", Tuple.of(hash))
                .compose(found -> found.size() > 0
                        ? needs(transaction, pipeline, found.iterator().next().getString("id"))
                        : insert(transaction, pipeline, hash, now)
                                .compose(projectId -> needs(transaction, pipeline, projectId)));
    }

    /** Keeps what the pipeline says of plugins; a copy that an older version made does not have it yet. */
    private Future<String> needs(Transaction transaction, Pipeline pipeline, String projectId) {
        if (pipeline.plugins().isEmpty()) {
            return Future.succeededFuture(projectId);
        }
        database.outdated(projectId);
        return transaction
                .execute(
                        "UPDATE projects SET plugins = ? WHERE id = ? AND plugins IS NULL",
                        Tuple.of(Json.write(pipeline.plugins()), projectId))
                .map(projectId);
    }

    private Future<String> insert(Transaction transaction, Pipeline pipeline, String hash, Instant now) {
        String projectId = ids.next();
        return templates
                .insertProject(
                        transaction,
                        projectId,
                        pipeline.name(),
                        pipeline.description(),
                        "snapshot",
                        pipeline,
                        hash,
                        now)
                .compose(ignored -> templates.insertAll(transaction, pipeline, projectId, now))
                .map(projectId);
    }
}
