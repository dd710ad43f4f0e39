package dev.callboard.engine;

import static dev.callboard.engine.TaskRecordRepository.list;
import static dev.callboard.engine.TaskRecordRepository.map;

import dev.callboard.json.Json;
import dev.callboard.pipelines.PipelineSink;
import dev.callboard.pipelines.PortInput;
import dev.callboard.pipelines.StagePrompt;
import dev.callboard.store.Transaction;
import dev.callboard.taskmodel.ApprovalRule;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads projects as the engine needs them. */
final class ProjectRecordRepository {
    /** Reads a project that is there, as that of each task is. */
    Future<ProjectRecord> load(Transaction transaction, String projectId) {
        return transaction
                .execute(
                        "SELECT id, kind, pipeline, pipeline_version, policies, plugins, sinks FROM projects "
                                + "WHERE id = ?",
                        Tuple.of(projectId))
                .compose(projects -> transaction
                        .execute(
                                "SELECT id, name, stage_type, sort_order, depends_on, inputs, settings, policy, "
                                        + "metadata_overrides, approval, locked, input_source, prompt_template, output_format, "
                                        + "output_schema, deleted_at FROM stage_templates WHERE project_id = ? "
                                        + "ORDER BY sort_order, id",
                                Tuple.of(projectId))
                        .map(templates -> record(projects.iterator().next(), templates)));
    }

    private static ProjectRecord record(Row project, RowSet<Row> rows) {
        Map<String, Template> templates = new LinkedHashMap<>();
        rows.forEach(row -> templates.put(row.getString("id"), template(row)));
        String plugins = project.getString("plugins");
        return new ProjectRecord(
                new ProjectRecord.Head(
                        project.getString("id"),
                        project.getString("kind").equals("project"),
                        project.getString("pipeline"),
                        project.getString("pipeline_version")),
                map(project.getString("policies")),
                plugins == null ? Map.of() : map(plugins),
                sinks(project.getString("sinks")),
                templates);
    }

    private static List<PipelineSink> sinks(@Nullable String json) {
        return json == null
                ? List.of()
                : list(json).stream()
                        .map(sink -> PipelineSink.stored((Map<?, ?>) sink))
                        .toList();
    }

    private static Template template(Row row) {
        String approval = row.getString("approval");
        Object rule = approval == null ? null : Json.read(approval, Object.class);
        String schema = row.getString("output_schema");
        String dependsOn = row.getString("depends_on");
        String inputs = row.getString("inputs");
        OffsetDateTime deleted = row.getOffsetDateTime("deleted_at");
        return new Template(
                row.getString("id"),
                row.getString("name"),
                row.getString("stage_type"),
                row.getInteger("sort_order"),
                dependsOn == null,
                dependsOn == null
                        ? List.of()
                        : list(dependsOn).stream().map(String::valueOf).toList(),
                inputs == null ? Map.of() : PortInput.ofStored(map(inputs)),
                map(row.getString("settings")),
                row.getString("policy"),
                ApprovalRule.of(rule),
                rule,
                row.getBoolean("locked"),
                new StagePrompt(
                        row.getString("prompt_template"),
                        row.getString("input_source"),
                        row.getString("output_format"),
                        schema == null ? null : map(schema)),
                map(row.getString("metadata_overrides")),
                deleted == null ? null : deleted.toInstant());
    }
}
