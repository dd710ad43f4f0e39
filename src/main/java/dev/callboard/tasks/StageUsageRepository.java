package dev.callboard.tasks;

import dev.callboard.pipelines.Pipeline;
import dev.callboard.pipelines.PipelineFile;
import dev.callboard.pipelines.PipelineStore;
import dev.callboard.pipelines.StageTemplate;
import dev.callboard.store.Database;
import dev.callboard.tasks.StageUsageMessages.GetUsage;
import dev.callboard.tasks.StageUsageMessages.PipelineUse;
import dev.callboard.tasks.StageUsageMessages.ProjectUse;
import dev.callboard.tasks.StageUsageMessages.UsageReply;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds who uses a stage type: pipelines as they are now, projects and open tasks. */
final class StageUsageRepository {
    private final Database database;
    private final PipelineStore pipelines;

    StageUsageRepository(Database database, PipelineStore pipelines) {
        this.database = database;
        this.pipelines = pipelines;
    }

    Future<UsageReply> usage(GetUsage ask) {
        return database.read(transaction -> transaction
                .execute(
                        "SELECT p.id AS id, p.name AS name, s.name AS stage FROM stage_templates s JOIN projects p"
                                + " ON p.id = s.project_id WHERE s.stage_type = ? AND s.deleted_at IS NULL AND p.deleted_at IS"
                                + " NULL AND p.kind = 'project' ORDER BY p.name, p.id, s.sort_order",
                        Tuple.of(ask.type()))
                .compose(stages -> transaction
                        .execute(
                                "SELECT COUNT(*) AS n FROM tasks t WHERE t.archived_at IS NULL AND t.status IN"
                                        + " ('pending', 'running', 'awaiting_approval') AND EXISTS (SELECT 1 FROM"
                                        + " stage_templates s WHERE s.project_id = t.project_id AND s.stage_type = ? AND"
                                        + " s.deleted_at IS NULL)",
                                Tuple.of(ask.type()))
                        .map(open -> new UsageReply(
                                pipelines(ask.type()),
                                projects(stages),
                                open.iterator().next().getLong("n")))));
    }

    private List<PipelineUse> pipelines(String type) {
        List<PipelineUse> uses = new ArrayList<>();
        for (PipelineFile file : pipelines.files()) {
            Pipeline pipeline = file.pipeline();
            List<String> stages = pipeline == null
                    ? List.of()
                    : pipeline.stages().stream()
                            .filter(stage -> stage.type().equals(type))
                            .map(StageTemplate::name)
                            .toList();
            if (!stages.isEmpty()) {
                uses.add(new PipelineUse(file.name(), stages));
            }
        }
        return uses;
    }

    private static List<ProjectUse> projects(RowSet<Row> rows) {
        Map<String, List<String>> stages = new LinkedHashMap<>();
        Map<String, String> names = new LinkedHashMap<>();
        for (Row row : rows) {
            names.put(row.getString("id"), row.getString("name"));
            stages.computeIfAbsent(row.getString("id"), id -> new ArrayList<>()).add(row.getString("stage"));
        }
        List<ProjectUse> uses = new ArrayList<>();
        stages.forEach((id, used) -> uses.add(new ProjectUse(id, String.valueOf(names.get(id)), used)));
        return uses;
    }
}
