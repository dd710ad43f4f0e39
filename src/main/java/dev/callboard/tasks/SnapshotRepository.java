package dev.callboard.tasks;

import dev.callboard.hash.Sha256;
import dev.callboard.json.Json;
import dev.callboard.pipelines.Pipeline;
import dev.callboard.problem.Ids;
import dev.callboard.projects.TemplateRepository;
import dev.callboard.store.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
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

    Future<Boolean> exists(SqlConnection connection, String id) {
        return connection
                .preparedQuery("SELECT 1 FROM tasks WHERE id = ?")
                .execute(Tuple.of(id))
                .map(found -> found.size() > 0);
    }

    /** The id of the copy of a pipeline with this very content, which is made when there is none. */
    Future<String> snapshot(SqlConnection connection, Pipeline pipeline, Instant now) {
        String hash = Sha256.hex(Json.write(pipeline));
        return connection
                .preparedQuery("SELECT id FROM projects WHERE pipeline_hash = ? AND kind = 'snapshot'")
                .execute(Tuple.of(hash))
                .compose(found -> found.size() > 0
                        ? needs(connection, pipeline, found.iterator().next().getString("id"))
                        : insert(connection, pipeline, hash, now)
                                .compose(projectId -> needs(connection, pipeline, projectId)));
    }

    /** Keeps what the pipeline says of plugins; a copy that an older version made does not have it yet. */
    private Future<String> needs(SqlConnection connection, Pipeline pipeline, String projectId) {
        if (pipeline.plugins().isEmpty()) {
            return Future.succeededFuture(projectId);
        }
        database.outdated(projectId);
        return connection
                .preparedQuery("UPDATE projects SET plugins = ? WHERE id = ? AND plugins IS NULL")
                .execute(Tuple.of(Json.write(pipeline.plugins()), projectId))
                .map(projectId);
    }

    private Future<String> insert(SqlConnection connection, Pipeline pipeline, String hash, Instant now) {
        String projectId = ids.next();
        return templates
                .insertProject(
                        connection, projectId, pipeline.name(), pipeline.description(), "snapshot", pipeline, hash, now)
                .compose(ignored -> templates.insertAll(connection, pipeline, projectId, now))
                .map(projectId);
    }
}
