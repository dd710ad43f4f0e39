package dev.callboard.projects;

import dev.callboard.json.Json;
import dev.callboard.pipelines.Pipeline;
import dev.callboard.pipelines.PortInput;
import dev.callboard.pipelines.StageOrder;
import dev.callboard.pipelines.StagePrompt;
import dev.callboard.pipelines.StageTemplate;
import dev.callboard.problem.ProblemException;
import dev.callboard.projects.ProjectMessages.ChangeProject;
import dev.callboard.projects.ProjectMessages.ProjectView;
import dev.callboard.store.Sql;
import dev.callboard.store.Transaction;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads projects, and writes them but for their stage templates. */
public final class ProjectRepository {
    private static final String PROJECTS =
            "SELECT id, name, description, pipeline, pipeline_version, policies, revision, "
                    + "created_at, deleted_at FROM projects WHERE kind = 'project' ";

    /**
     * A stage template as it is stored.
     *
     * @param stage its dependencies are bridged over deleted ones
     */
    record Stored(String id, StageTemplate stage, long revision) {}

    /**
     * A project with its stage templates.
     *
     * @param stored in order
     * @param sources the names of the sources that feed ports of its stages
     */
    public record Project(
            ProjectView view, Map<String, @Nullable Object> policies, List<Stored> stored, Set<String> sources) {
        /** Copies. */
        public Project {
            stored = List.copyOf(stored);
            sources = Set.copyOf(sources);
        }

        /** It as a pipeline. */
        public Pipeline pipeline() {
            return new Pipeline(
                    view.pipeline(),
                    view.pipelineVersion(),
                    view.description(),
                    List.of(),
                    Map.of(),
                    Map.of(),
                    policies,
                    stored.stream().map(Stored::stage).toList(),
                    List.of(),
                    false,
                    List.of(),
                    List.of());
        }
    }

    Future<List<ProjectView>> list(Transaction transaction, boolean archived) {
        return transaction
                .execute(PROJECTS + (archived ? "AND deleted_at IS NOT NULL" : "AND deleted_at IS NULL")
                        + " ORDER BY id DESC LIMIT 1000")
                .map(rows -> {
                    List<ProjectView> projects = new ArrayList<>();
                    rows.forEach(row -> projects.add(view(row)));
                    return projects;
                });
    }

    private static ProjectView view(Row row) {
        return new ProjectView(
                row.getString("id"),
                row.getString("name"),
                row.getString("description"),
                row.getString("pipeline"),
                row.getString("pipeline_version"),
                Objects.requireNonNull(Sql.instant(row, "created_at")),
                Sql.instant(row, "deleted_at"),
                row.getLong("revision"));
    }

    /** One project, archived or not. Fails with {@code unknown_project}. */
    public Future<Project> get(Transaction transaction, String id) {
        return find(transaction, id)
                .map(found -> found.orElseThrow(
                        () -> ProblemException.notFound("unknown_project", "There is no project '" + id + "'.")));
    }

    /** One project, archived or not, if there is one of that id. */
    Future<Optional<Project>> find(Transaction transaction, String id) {
        return transaction
                .execute(PROJECTS + "AND id = ?", Tuple.of(id))
                .compose(rows -> rows.size() == 0
                        ? Future.succeededFuture(Optional.empty())
                        : load(transaction, rows.iterator().next()).map(Optional::of));
    }

    private Future<Project> load(Transaction transaction, Row project) {
        return transaction
                .execute(
                        "SELECT id, name, stage_type, sort_order, depends_on, inputs, settings, policy, approval, gate, "
                                + "locked, input_source, prompt_template, output_format, output_schema, metadata_overrides, "
                                + "revision, deleted_at FROM stage_templates WHERE project_id = ? ORDER BY sort_order, id",
                        Tuple.of(project.getString("id")))
                .map(rows -> {
                    Map<String, Row> byId = new LinkedHashMap<>();
                    List<StageOrder.Node> nodes = new ArrayList<>();
                    rows.forEach(row -> {
                        byId.put(row.getString("id"), row);
                        nodes.add(TemplateRepository.node(row, row.getInteger("sort_order")));
                    });
                    StageOrder alive = StageOrder.of(nodes)
                            .select(byId.values().stream()
                                    .filter(row -> row.getOffsetDateTime("deleted_at") == null)
                                    .map(row -> row.getString("id"))
                                    .toList());
                    List<Stored> stored = new ArrayList<>();
                    for (String key : alive.keys()) {
                        List<String> before = alive.previous(key).stream()
                                .map(other ->
                                        Objects.requireNonNull(byId.get(other)).getString("name"))
                                .toList();
                        Row row = Objects.requireNonNull(byId.get(key));
                        stored.add(stored(row, before, inputs(row, byId)));
                    }
                    return new Project(view(project), map(project.getString("policies")), stored, sources(rows));
                });
    }

    private static Set<String> sources(RowSet<Row> rows) {
        Set<String> sources = new LinkedHashSet<>();
        rows.forEach(row -> TemplateColumns.inputs(row).values().stream()
                .filter(PortInput::source)
                .forEach(input -> sources.add(input.from())));
        return sources;
    }

    /** What feeds its ports, by names; one that is removed is not there, and what comes before that one is. */
    private static Map<String, String> inputs(Row row, Map<String, Row> byId) {
        Map<String, String> inputs = new LinkedHashMap<>();
        TemplateColumns.inputs(row).forEach((port, input) -> {
            Row from = byId.get(input.from());
            if (input.source()) {
                inputs.put(port, input.text());
            } else if (from != null && from.getOffsetDateTime("deleted_at") == null) {
                inputs.put(port, input.renamed(from.getString("name")).text());
            }
        });
        return inputs;
    }

    private static Stored stored(Row row, List<String> dependsOn, Map<String, String> inputs) {
        String approval = row.getString("approval");
        String gate = row.getString("gate");
        String schema = row.getString("output_schema");
        boolean followsPrevious = row.getString("depends_on") == null;
        return new Stored(
                row.getString("id"),
                new StageTemplate(
                        row.getString("name"),
                        row.getString("stage_type"),
                        row.getInteger("sort_order"),
                        followsPrevious,
                        followsPrevious ? List.of() : dependsOn,
                        inputs,
                        map(row.getString("settings")),
                        row.getString("policy"),
                        approval == null ? null : Json.read(approval, Object.class),
                        gate == null ? null : Json.read(gate, Object.class),
                        row.getBoolean("locked"),
                        new StagePrompt(
                                row.getString("prompt_template"),
                                row.getString("input_source"),
                                row.getString("output_format"),
                                schema == null ? null : map(schema)),
                        map(row.getString("metadata_overrides"))),
                row.getLong("revision"));
    }

    static Map<String, @Nullable Object> map(String json) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        ((Map<?, ?>) Json.read(json, Map.class)).forEach((key, value) -> map.put(String.valueOf(key), value));
        return map;
    }

    /** Changes what the request has; false when the project is at another revision. */
    Future<Boolean> change(Transaction transaction, ChangeProject ask, ProjectView before, Instant now) {
        boolean archived = ask.archived() == null ? before.archivedAt() != null : ask.archived();
        Instant archivedAt = before.archivedAt() == null ? now : before.archivedAt();
        return transaction
                .execute(
                        "UPDATE projects SET name = ?, description = ?, deleted_at = ?, revision = revision + 1 "
                                + "WHERE id = ? AND revision = ?",
                        Tuple.tuple()
                                .addString(ask.name() == null ? before.name() : ask.name())
                                .addString(ask.description() == null ? before.description() : ask.description())
                                .addOffsetDateTime(archived ? Sql.at(archivedAt) : null)
                                .addString(before.id())
                                .addLong(before.revision()))
                .map(result -> result.rowCount() == 1);
    }
}
