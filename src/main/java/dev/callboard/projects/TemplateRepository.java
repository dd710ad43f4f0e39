package dev.callboard.projects;

import dev.callboard.json.Json;
import dev.callboard.pipelines.Pipeline;
import dev.callboard.pipelines.PipelineSink;
import dev.callboard.pipelines.StageOrder;
import dev.callboard.pipelines.StagePrompt;
import dev.callboard.pipelines.StageTemplate;
import dev.callboard.problem.Ids;
import dev.callboard.store.Sql;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes stage templates. */
public final class TemplateRepository {
    private static final String INSERT = "INSERT INTO stage_templates (id, project_id, name, stage_type, sort_order, "
            + "depends_on, inputs, settings, policy, approval, gate, locked, input_source, prompt_template, output_format, "
            + "output_schema, metadata_overrides, generation, revision, created_at) "
            + "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 2, 1, ?)";

    private final Ids ids;

    /** Mints the ids of new stage templates. */
    public TemplateRepository(Ids ids) {
        this.ids = ids;
    }

    /** Copies a pipeline's stages into a project. */
    public Future<Void> insertAll(SqlConnection connection, Pipeline pipeline, String projectId, Instant now) {
        Map<String, String> idOf = new LinkedHashMap<>();
        pipeline.order().keys().forEach(name -> idOf.put(name, ids.next()));
        TemplateColumns.Known known = new TemplateColumns.Known(idOf, pipeline.sourceNames());
        List<Tuple> rows = new ArrayList<>();
        for (StageTemplate stage : pipeline.stages()) {
            rows.add(TemplateColumns.row(String.valueOf(idOf.get(stage.name())), projectId, stage, known, now));
        }
        return connection.preparedQuery(INSERT).executeBatch(rows).mapEmpty();
    }

    /** Adds one. */
    Future<String> insert(
            SqlConnection connection, String projectId, StageTemplate stage, TemplateColumns.Known known, Instant now) {
        String id = ids.next();
        return connection
                .preparedQuery(INSERT)
                .execute(TemplateColumns.row(id, projectId, stage, known, now))
                .map(id);
    }

    /** A stored template's place in the order of its project, by ids. */
    public static StageOrder.Node node(Row row, int sortOrder) {
        return new StageOrder.Node(row.getString("id"), sortOrder, row.getString("depends_on") == null, dependsOn(row));
    }

    /** The ids of the templates that a stored one names; none for one that follows the template before it. */
    public static List<String> dependsOn(Row row) {
        String json = row.getString("depends_on");
        return json == null
                ? List.of()
                : ((List<?>) Json.read(json, List.class))
                        .stream().map(String::valueOf).toList();
    }

    /** Replaces all but the dependencies. */
    Future<Void> update(SqlConnection connection, String id, StageTemplate stage) {
        Tuple row =
                Tuple.tuple().addString(stage.name()).addString(stage.type()).addInteger(stage.sortOrder());
        return connection
                .preparedQuery("UPDATE stage_templates SET name = ?, stage_type = ?, sort_order = ?, settings = ?, "
                        + "policy = ?, approval = ?, gate = ?, locked = ?, input_source = ?, prompt_template = ?, "
                        + "output_format = ?, output_schema = ?, metadata_overrides = ?, revision = revision + 1 "
                        + "WHERE id = ?")
                .execute(TemplateColumns.content(row, stage).addString(id))
                .mapEmpty();
    }

    /** Replaces the dependencies and what feeds its ports. */
    Future<Void> updateDependencies(
            SqlConnection connection, String id, StageTemplate stage, TemplateColumns.Known known) {
        return connection
                .preparedQuery("UPDATE stage_templates SET depends_on = ?, inputs = ? WHERE id = ?")
                .execute(Tuple.of(
                        TemplateColumns.dependsOn(stage, known.idOf()), TemplateColumns.inputs(stage, known), id))
                .mapEmpty();
    }

    /** Puts templates at these places. */
    Future<Void> place(SqlConnection connection, Map<String, Integer> places) {
        List<Tuple> rows = places.entrySet().stream()
                .map(entry -> Tuple.of(entry.getValue(), entry.getKey()))
                .toList();
        return connection
                .preparedQuery("UPDATE stage_templates SET sort_order = ?, revision = revision + 1 WHERE id = ?")
                .executeBatch(rows)
                .mapEmpty();
    }

    /**
     * Whether work that runs or waits uses a template. Attempts are found by the status of their tasks: in one that has failed
     * another stage may still wait for a person.
     */
    Future<Boolean> inUse(SqlConnection connection, String id) {
        return connection
                .preparedQuery("SELECT e.id FROM tasks t JOIN stage_executions e ON e.task_id = t.id "
                        + "WHERE t.status IN ('running', 'awaiting_approval', 'failed') AND e.stage_template_id = ? "
                        + "AND e.status IN ('pending', 'running', 'awaiting_approval') LIMIT 1")
                .execute(Tuple.of(id))
                .map(rows -> rows.size() > 0);
    }

    /** Takes a template away; history keeps it. */
    Future<Void> remove(SqlConnection connection, String id, Instant now) {
        return connection
                .preparedQuery("UPDATE stage_templates SET deleted_at = ?, revision = revision + 1 WHERE id = ?")
                .execute(Tuple.of(Sql.at(now), id))
                .mapEmpty();
    }

    /** The name of a removed template of a project. */
    Future<Optional<String>> removedName(SqlConnection connection, String projectId, String id) {
        return connection
                .preparedQuery("SELECT name FROM stage_templates WHERE project_id = ? AND id = ? "
                        + "AND deleted_at IS NOT NULL")
                .execute(Tuple.of(projectId, id))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(rows.iterator().next().getString("name")));
    }

    /** Brings a removed template back. */
    Future<Void> restore(SqlConnection connection, String id) {
        return connection
                .preparedQuery("UPDATE stage_templates SET deleted_at = NULL, revision = revision + 1 WHERE id = ?")
                .execute(Tuple.of(id))
                .mapEmpty();
    }

    /** The tasks of a project that are not over. */
    Future<List<String>> openTasks(SqlConnection connection, String projectId) {
        return connection
                .preparedQuery("SELECT id FROM tasks WHERE project_id = ? AND archived_at IS NULL "
                        + "AND status IN ('pending', 'running', 'awaiting_approval', 'failed') LIMIT 500")
                .execute(Tuple.of(projectId))
                .map(rows -> {
                    List<String> found = new ArrayList<>();
                    rows.forEach(row -> found.add(row.getString("id")));
                    return found;
                });
    }

    /** Brings Research stages of an earlier generation up to date, once; answers how many there were. */
    public Future<Integer> upgrade(SqlConnection connection, ResearchUpgrade upgrade) {
        return connection
                .preparedQuery("SELECT id, input_source, prompt_template, output_format, output_schema "
                        + "FROM stage_templates WHERE generation = 1 AND output_format = ?")
                .execute(Tuple.of(StagePrompt.RESEARCH))
                .compose(rows -> {
                    List<Tuple> changed = new ArrayList<>();
                    rows.forEach(row -> {
                        String schema = row.getString("output_schema");
                        StagePrompt prompt = upgrade.upgraded(new StagePrompt(
                                row.getString("prompt_template"),
                                row.getString("input_source"),
                                row.getString("output_format"),
                                schema == null ? null : ProjectRepository.map(schema)));
                        changed.add(Tuple.tuple()
                                .addString(prompt.template())
                                .addString(TemplateColumns.json(prompt.outputSchema()))
                                .addString(row.getString("id")));
                    });
                    return changed.isEmpty()
                            ? Future.succeededFuture(0)
                            : connection
                                    .preparedQuery("UPDATE stage_templates SET prompt_template = ?, output_schema = ?, "
                                            + "generation = 2, revision = revision + 1 WHERE id = ?")
                                    .executeBatch(changed)
                                    .map(changed.size());
                });
    }

    /** Makes a project without stage templates. */
    public Future<Void> insertProject(
            SqlConnection connection,
            String projectId,
            String name,
            String description,
            String kind,
            Pipeline pipeline,
            String hash,
            Instant now) {
        return connection
                .preparedQuery(
                        "INSERT INTO projects (id, name, description, kind, pipeline, pipeline_version, "
                                + "pipeline_hash, policies, sinks, revision, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?)")
                .execute(Tuple.from(new @Nullable Object[] {
                    projectId,
                    name,
                    description,
                    kind,
                    pipeline.name(),
                    pipeline.version(),
                    hash,
                    Json.write(pipeline.policies()),
                    pipeline.sinks().isEmpty()
                            ? null
                            : Json.write(pipeline.sinks().stream()
                                    .map(PipelineSink::members)
                                    .toList()),
                    Sql.at(now)
                }))
                .mapEmpty();
    }
}
