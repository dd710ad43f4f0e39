package dev.callboard.tasks;

import dev.callboard.audit.AuditEntry;
import dev.callboard.audit.AuditRepository;
import dev.callboard.bus.Caller;
import dev.callboard.hash.Sha256;
import dev.callboard.json.Json;
import dev.callboard.pipelines.Pipeline;
import dev.callboard.pipelines.StageTemplate;
import dev.callboard.problem.Ids;
import dev.callboard.projects.TemplateRepository;
import dev.callboard.store.Sql;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes tasks, and the copies of pipelines that they go through. */
final class TaskRepository {
    private final Ids ids;
    private final TemplateRepository templates;
    private final AuditRepository audit;

    TaskRepository(Ids ids, TemplateRepository templates, AuditRepository audit) {
        this.ids = ids;
        this.templates = templates;
        this.audit = audit;
    }

    /** A task to be stored. */
    record Row(
            String id,
            NewTask task,
            List<Map<String, Object>> input,
            List<String> selected,
            Caller by,
            Instant createdAt) {}

    Future<Boolean> exists(SqlConnection connection, String id) {
        return connection
                .preparedQuery("SELECT 1 FROM tasks WHERE id = ?")
                .execute(Tuple.of(id))
                .map(found -> found.size() > 0);
    }

    /**
     * Stores a task. Without a project it goes through the pipeline as it is now: later edits of the pipeline do not touch
     * it.
     *
     * @param project whose stage templates it goes through, null for a copy of the pipeline's
     */
    Future<Void> insert(SqlConnection connection, Pipeline pipeline, @Nullable String project, Row row) {
        Future<String> owner =
                project == null ? snapshot(connection, pipeline, row.createdAt()) : Future.succeededFuture(project);
        return owner.compose(projectId -> templates(connection, projectId)
                .compose(templateIds -> insertTask(connection, projectId, templateIds, row)
                        .compose(ignored -> insertSelection(connection, pipeline, templateIds, row))
                        .compose(ignored -> note(connection, row))));
    }

    /** The copy of a pipeline with this very content, made when there is none. */
    private Future<String> snapshot(SqlConnection connection, Pipeline pipeline, Instant now) {
        String hash = Sha256.hex(Json.write(pipeline));
        return connection
                .preparedQuery("SELECT id FROM projects WHERE pipeline_hash = ? AND kind = 'snapshot'")
                .execute(Tuple.of(hash))
                .compose(found -> found.size() > 0
                        ? needs(connection, pipeline, found.iterator().next().getString("id"))
                        : insertSnapshot(connection, pipeline, hash, now)
                                .compose(projectId -> needs(connection, pipeline, projectId)));
    }

    /** Keeps what the pipeline says of plugins; a copy that an older version made does not have it yet. */
    private static Future<String> needs(SqlConnection connection, Pipeline pipeline, String projectId) {
        return pipeline.plugins().isEmpty()
                ? Future.succeededFuture(projectId)
                : connection
                        .preparedQuery("UPDATE projects SET plugins = ? WHERE id = ? AND plugins IS NULL")
                        .execute(Tuple.of(Json.write(pipeline.plugins()), projectId))
                        .map(projectId);
    }

    private Future<String> insertSnapshot(SqlConnection connection, Pipeline pipeline, String hash, Instant now) {
        String projectId = ids.next();
        return templates
                .insertProject(
                        connection, projectId, pipeline.name(), pipeline.description(), "snapshot", pipeline, hash, now)
                .compose(ignored -> templates.insertAll(connection, pipeline, projectId, now))
                .map(projectId);
    }

    private static Future<Map<String, String>> templates(SqlConnection connection, String projectId) {
        return connection
                .preparedQuery("SELECT id, name FROM stage_templates WHERE project_id = ? AND deleted_at IS NULL")
                .execute(Tuple.of(projectId))
                .map(rows -> {
                    Map<String, String> idOf = new LinkedHashMap<>();
                    rows.forEach(row -> idOf.put(row.getString("name"), row.getString("id")));
                    return idOf;
                });
    }

    private static Future<Void> insertTask(
            SqlConnection connection, String projectId, Map<String, String> templateIds, Row row) {
        Map<String, Object> settings = new LinkedHashMap<>();
        row.task()
                .settings()
                .forEach((stage, own) -> settings.put(Objects.requireNonNull(templateIds.get(stage)), own));
        return connection
                .preparedQuery("INSERT INTO tasks (id, project_id, title, description, status, input, settings, "
                        + "user_input, created_by, revision, created_at, updated_at, status_since, auto_start, labels) "
                        + "VALUES (?, ?, ?, ?, 'pending', ?, ?, ?, ?, 1, ?, ?, ?, ?, ?)")
                .execute(Tuple.tuple()
                        .addString(row.id())
                        .addString(projectId)
                        .addString(row.task().title())
                        .addString(row.task().description())
                        .addString(Json.write(row.input()))
                        .addString(Json.write(settings))
                        .addString(row.task().userInput())
                        .addString(row.by().name())
                        .addOffsetDateTime(Sql.at(row.createdAt()))
                        .addOffsetDateTime(Sql.at(row.createdAt()))
                        .addOffsetDateTime(Sql.at(row.createdAt()))
                        .addBoolean(row.task().autoStart())
                        .addString(TaskLabels.stored(row.task().labels())))
                .mapEmpty();
    }

    private Future<Void> insertSelection(
            SqlConnection connection, Pipeline pipeline, Map<String, String> templateIds, Row row) {
        if (row.selected().isEmpty()) {
            return Future.succeededFuture();
        }
        List<Tuple> rows = row.selected().stream()
                .map(name -> Tuple.of(
                        ids.next(),
                        row.id(),
                        templateIds.get(name),
                        pipeline.stage(name).map(StageTemplate::sortOrder).orElseThrow()))
                .toList();
        return connection
                .preparedQuery(
                        "INSERT INTO task_stages (id, task_id, stage_template_id, sort_order) VALUES (?, ?, ?, ?)")
                .executeBatch(rows)
                .mapEmpty();
    }

    private Future<Void> note(SqlConnection connection, Row row) {
        return connection
                .preparedQuery("INSERT INTO task_timeline (id, task_id, happened_at, kind, detail, actor) "
                        + "VALUES (?, ?, ?, 'created', '', ?)")
                .execute(Tuple.of(
                        ids.next(), row.id(), Sql.at(row.createdAt()), row.by().name()))
                .compose(noted -> audit.add(
                        connection,
                        List.of(AuditEntry.by(
                                row.by(),
                                "task.created",
                                new AuditEntry.Target(row.id(), row.task().title()),
                                "",
                                row.createdAt()))));
    }
}
