package dev.callboard.projects;

import dev.callboard.json.Json;
import dev.callboard.pipelines.Pipeline;
import dev.callboard.pipelines.PipelineSink;
import dev.callboard.pipelines.StageOrder;
import dev.callboard.pipelines.StagePrompt;
import dev.callboard.pipelines.StageTemplate;
import dev.callboard.problem.Ids;
import dev.callboard.store.Sql;
import dev.callboard.store.Transaction;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
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
    public Future<Void> insertAll(Transaction transaction, Pipeline pipeline, String projectId, Instant now) {
        Map<String, String> idOf = new LinkedHashMap<>();
        pipeline.order().keys().forEach(name -> idOf.put(name, ids.next()));
        TemplateColumns.Known known = new TemplateColumns.Known(idOf, pipeline.sourceNames());
        List<Tuple> rows = new ArrayList<>();
        for (StageTemplate stage : pipeline.stages()) {
            rows.add(TemplateColumns.row(String.valueOf(idOf.get(stage.name())), projectId, stage, known, now));
        }
        return transaction.executeBatch(INSERT, rows).mapEmpty();
    }

    /** Adds one. */
    Future<String> insert(
            Transaction transaction, String projectId, StageTemplate stage, TemplateColumns.Known known, Instant now) {
        String id = ids.next();
        return transaction
                .execute(INSERT, TemplateColumns.row(id, projectId, stage, known, now))
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
    Future<Void> update(Transaction transaction, String id, StageTemplate stage) {
        Tuple row =
                Tuple.tuple().addString(stage.name()).addString(stage.type()).addInteger(stage.sortOrder());
        return transaction
                .execute(
                        "UPDATE stage_templates SET name = ?, stage_type = ?, sort_order = ?, settings = ?, "
                                + "policy = ?, approval = ?, gate = ?, locked = ?, input_source = ?, prompt_template = ?, "
                                + "output_format = ?, output_schema = ?, metadata_overrides = ?, revision = revision + 1 "
                                + "WHERE id = ?",
                        TemplateColumns.content(row, stage).addString(id))
                .mapEmpty();
    }

    /** Replaces the dependencies and what feeds its ports. */
    Future<Void> updateDependencies(
            Transaction transaction, String id, StageTemplate stage, TemplateColumns.Known known) {
        return transaction
                .execute(
                        "UPDATE stage_templates SET depends_on = ?, inputs = ? WHERE id = ?",
                        Tuple.of(
                                TemplateColumns.dependsOn(stage, known.idOf()),
                                TemplateColumns.inputs(stage, known),
                                id))
                .mapEmpty();
    }

    /** Puts templates at these places. */
    Future<Void> place(Transaction transaction, Map<String, Integer> places) {
        List<Tuple> rows = places.entrySet().stream()
                .map(entry -> Tuple.of(entry.getValue(), entry.getKey()))
                .toList();
        return transaction
                .executeBatch("UPDATE stage_templates SET sort_order = ?, revision = revision + 1 WHERE id = ?", rows)
                .mapEmpty();
    }

    /**
     * Whether work that runs or waits uses a template. Attempts are found by the status of their tasks: in one that has failed
     * another stage may still wait for a person.
     */
    Future<Boolean> inUse(Transaction transaction, String id) {
        return transaction
                .execute(
                        "SELECT e.id FROM tasks t JOIN stage_executions e ON e.task_id = t.id "
                                + "WHERE t.status IN ('running', 'awaiting_approval', 'failed') AND e.stage_template_id = ? "
                                + "AND e.status IN ('pending', 'running', 'awaiting_approval') LIMIT 1",
                        Tuple.of(id))
                .map(rows -> rows.size() > 0);
    }

    /** Takes a template away; history keeps it. */
    Future<Void> remove(Transaction transaction, String id, Instant now) {
        return transaction
                .execute(
                        "UPDATE stage_templates SET deleted_at = ?, revision = revision + 1 WHERE id = ?",
                        Tuple.of(Sql.at(now), id))
                .mapEmpty();
    }

    /** The name of a removed template of a project. */
    Future<Optional<String>> removedName(Transaction transaction, String projectId, String id) {
        return transaction
                .execute(
                        "SELECT name FROM stage_templates WHERE project_id = ? AND id = ? "
                                + "AND deleted_at IS NOT NULL",
                        Tuple.of(projectId, id))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(rows.iterator().next().getString("name")));
    }

    /** Brings a removed template back. */
    Future<Void> restore(Transaction transaction, String id) {
        return transaction
                .execute(
                        "UPDATE stage_templates SET deleted_at = NULL, revision = revision + 1 WHERE id = ?",
                        Tuple.of(id))
                .mapEmpty();
    }

    /** The tasks of a project that are not over. */
    Future<List<String>> openTasks(Transaction transaction, String projectId) {
        return transaction
                .execute(
                        "SELECT id FROM tasks WHERE project_id = ? AND archived_at IS NULL "
                                + "AND status IN ('pending', 'running', 'awaiting_approval', 'failed') LIMIT 500",
                        Tuple.of(projectId))
                .map(rows -> {
                    List<String> found = new ArrayList<>();
                    rows.forEach(row -> found.add(row.getString("id")));
                    return found;
                });
    }

    /** Whether there are Research stages of an earlier generation. */
    public Future<Boolean> hasFormer(Transaction transaction) {
        return transaction
                .execute(
                        "SELECT 1 FROM stage_templates WHERE generation = 1 AND output_format = ? LIMIT 1",
                        Tuple.of(StagePrompt.RESEARCH))
                .map(rows -> rows.size() > 0);
    }

    /** Brings Research stages of an earlier generation up to date, once; answers how many there were. */
    public Future<Integer> upgrade(Transaction transaction, ResearchUpgrade upgrade) {
        return transaction
                .execute(
                        "SELECT id, input_source, prompt_template, output_format, output_schema "
                                + "FROM stage_templates WHERE generation = 1 AND output_format = ?",
                        Tuple.of(StagePrompt.RESEARCH))
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
                            : transaction
                                    .executeBatch(
                                            "UPDATE stage_templates SET prompt_template = ?, output_schema = ?, "
                                                    + "generation = 2, revision = revision + 1 WHERE id = ?",
                                            changed)
                                    .map(changed.size());
                });
    }

    /** Makes a project without stage templates. */
    public Future<Void> insertProject(
            Transaction transaction,
            String projectId,
            String name,
            String description,
            String kind,
            Pipeline pipeline,
            String hash,
            Instant now) {
        return transaction
                .execute(
                        "INSERT INTO projects (id, name, description, kind, pipeline, pipeline_version, "
                                + "pipeline_hash, policies, sinks, revision, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?)",
                        Tuple.from(new @Nullable Object[] {
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
