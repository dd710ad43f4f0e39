package dev.callboard.tasks;

import dev.callboard.model.Ids;
import dev.callboard.model.Names;
import dev.callboard.model.Pipeline;
import dev.callboard.model.ProblemException;
import dev.callboard.model.StageResolver;
import dev.callboard.model.StageTemplate;
import dev.callboard.model.Violation;
import dev.callboard.store.Database;
import dev.callboard.tasks.ProjectMessages.ChangeProject;
import dev.callboard.tasks.ProjectMessages.CreateProject;
import dev.callboard.tasks.ProjectMessages.EditTemplates;
import dev.callboard.tasks.ProjectMessages.ProjectView;
import dev.callboard.tasks.ProjectMessages.TemplateView;
import dev.callboard.tasks.ProjectMessages.TemplatesReply;
import dev.callboard.tasks.ProjectRepository.Project;
import dev.callboard.tasks.ProjectRepository.Stored;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Projects, each with its own copy of a pipeline's stage templates. */
final class Projects {
    private static final String USUAL = "dev-task";

    private final Database database;
    private final Pipelines pipelines;
    private final ProjectRepository projects = new ProjectRepository();
    private final TemplateRepository templates;
    private final TaskRepository tasks;
    private final TemplateEdits edits;
    private final ProjectAudit audit;
    private final Ids ids;
    private final Clock clock;

    Projects(
            Database database,
            Pipelines pipelines,
            TemplateRepository templates,
            TaskRepository tasks,
            StageResolver resolver,
            ProjectAudit audit,
            Ids ids,
            Clock clock) {
        this.database = database;
        this.pipelines = pipelines;
        this.templates = templates;
        this.tasks = tasks;
        this.audit = audit;
        this.edits = new TemplateEdits(resolver);
        this.ids = ids;
        this.clock = clock;
    }

    Future<List<ProjectView>> list(boolean archived) {
        return database.read(connection -> projects.list(connection, archived));
    }

    Future<Project> get(String id) {
        return database.read(connection -> projects.get(connection, id));
    }

    /** Fails with {@code invalid_project}, {@code unknown_pipeline} or {@code invalid_pipeline}. */
    Future<ProjectView> create(CreateProject ask) {
        requireName(ask.name());
        String id = ask.id();
        return id == null
                ? create(ask, ids.next())
                : database.read(connection -> projects.find(connection, id))
                        .compose(made -> made.isPresent()
                                ? Future.succeededFuture(made.get().view())
                                : create(ask, id));
    }

    private Future<ProjectView> create(CreateProject ask, String id) {
        return pipelines
                .choose(ask.pipeline() == null ? USUAL : ask.pipeline(), List.of())
                .compose(pipeline -> create(ask, id, pipeline));
    }

    private Future<ProjectView> create(CreateProject ask, String id, Pipeline pipeline) {
        Instant now = clock.instant();
        return database.write(connection -> tasks.insertProject(
                                connection, id, ask.name().strip(), ask.description(), "project", pipeline, "", now)
                        .compose(ignored -> templates.insertAll(connection, pipeline, id, now))
                        .compose(ignored -> projects.get(connection, id))
                        .compose(created ->
                                audit.created(connection, created, now).map(created)))
                .map(Project::view);
    }

    private static void requireName(String name) {
        if (Names.isBlank(name) || name.length() > 200) {
            throw ProblemException.invalid("invalid_project", "name must have 1 to 200 characters.");
        }
        Names.turned(name).ifPresent(detail -> {
            throw ProblemException.invalid(
                    "invalid_project", "name " + detail + ".", List.of(new Violation("/name", detail)));
        });
    }

    /** Fails with {@code stale_revision} or {@code unknown_project}. */
    Future<ProjectView> change(ChangeProject ask) {
        if (ask.name() != null) {
            requireName(ask.name());
        }
        return database.write(connection -> projects.get(connection, ask.id())
                        .compose(before -> {
                            long revision = before.view().revision();
                            if (ask.ifRevision() != null && ask.ifRevision() != revision) {
                                throw ProblemException.staleRevision("The project", ask.ifRevision(), revision);
                            }
                            return projects.change(connection, ask, before.view(), clock.instant())
                                    .map(before);
                        })
                        .compose(before -> projects.get(connection, ask.id())
                                .compose(after -> audit.changed(connection, before, after, clock.instant())
                                        .map(after))))
                .map(Project::view);
    }

    Future<TemplatesReply> templates(String projectId) {
        return get(projectId).map(project -> reply(project, null));
    }

    /** An edit that is stored, and the tasks that look different now. */
    record Edited(TemplatesReply reply, ProjectView project, List<String> openTasks) {}

    /**
     * Edits. Fails with {@code invalid_template}, {@code invalid_order}, {@code unknown_template}, {@code template_in_use},
     * {@code template_locked} or {@code stale_revision}.
     */
    Future<Edited> edit(EditTemplates ask) {
        return database.write(
                connection -> projects.get(connection, ask.projectId()).compose(before -> apply(connection, ask, before)
                        .compose(touched -> projects.get(connection, ask.projectId())
                                .compose(now -> audit.edited(connection, ask, before, now, touched, clock.instant())
                                        .compose(ignored -> templates.openTasks(connection, ask.projectId()))
                                        .map(open -> new Edited(
                                                reply(now, touched.isEmpty() ? null : touched), now.view(), open))))));
    }

    private Future<String> apply(SqlConnection connection, EditTemplates ask, Project project) {
        Instant now = clock.instant();
        Map<String, String> idOf = new LinkedHashMap<>();
        project.stored().forEach(each -> idOf.put(each.stage().name(), each.id()));
        return switch (ask.edit()) {
            case ADD -> templates.insert(connection, ask.projectId(), edits.added(project, ask.body()), idOf, now);
            case REORDER ->
                templates.place(connection, edits.places(project, ask.body())).map("");
            case CHANGE -> change(connection, ask, project, idOf);
            case REMOVE -> remove(connection, wanted(project, ask), project, now);
            case RESTORE -> restore(connection, ask, project);
            case DUPLICATE -> {
                Stored original = wanted(project, ask);
                StageTemplate copy = edits.copied(project, original);
                Map<String, Integer> later = new LinkedHashMap<>();
                project.stored().stream()
                        .filter(each ->
                                each.stage().sortOrder() > original.stage().sortOrder())
                        .forEach(each -> later.put(each.id(), each.stage().sortOrder() + 1));
                yield (later.isEmpty() ? Future.<Void>succeededFuture() : templates.place(connection, later))
                        .compose(ignored -> templates.insert(connection, ask.projectId(), copy, idOf, now));
            }
        };
    }

    private Future<String> change(
            SqlConnection connection, EditTemplates ask, Project project, Map<String, String> idOf) {
        Stored before = wanted(project, ask);
        StageTemplate changed = edits.changed(project, before, ask.body());
        boolean dependencies = ask.body() instanceof Map<?, ?> body && body.containsKey("depends_on");
        return templates
                .update(connection, before.id(), changed)
                .compose(ignored -> dependencies
                        ? templates.updateDependencies(connection, before.id(), changed, idOf)
                        : Future.succeededFuture())
                .map(before.id());
    }

    private Future<String> remove(SqlConnection connection, Stored template, Project project, Instant now) {
        if (template.stage().locked() || project.stored().size() == 1) {
            throw ProblemException.illegalState(
                    "template_locked",
                    "'" + template.stage().name() + "' belongs to every task; unlock it before it is deleted.");
        }
        return templates.inUse(connection, template.id()).compose(used -> {
            if (used) {
                throw ProblemException.illegalState(
                        "template_in_use", "'" + template.stage().name() + "' is in use by a task that runs or waits.");
            }
            return templates.remove(connection, template.id(), now).map("");
        });
    }

    /** One that is not removed stays as it is. */
    private Future<String> restore(SqlConnection connection, EditTemplates ask, Project project) {
        String id = String.valueOf(ask.templateId());
        if (project.stored().stream().anyMatch(each -> each.id().equals(id))) {
            return Future.succeededFuture(id);
        }
        return templates.removedName(connection, project.view().id(), id).compose(removed -> {
            String name = removed.orElseThrow(() -> ProblemException.notFound(
                    "unknown_template", "The project has no stage template '" + id + "' that was removed."));
            if (project.stored().stream().anyMatch(each -> each.stage().name().equalsIgnoreCase(name))) {
                throw ProblemException.illegalState(
                        "template_exists",
                        "The project has another stage named '" + name + "' now; rename that one first.");
            }
            return templates.restore(connection, id).map(id);
        });
    }

    private static Stored wanted(Project project, EditTemplates ask) {
        Stored found = project.stored().stream()
                .filter(each -> each.id().equals(ask.templateId()))
                .findFirst()
                .orElseThrow(() -> ProblemException.notFound(
                        "unknown_template", "The project has no stage template '" + ask.templateId() + "'."));
        if (ask.ifRevision() != null && ask.ifRevision() != found.revision()) {
            throw ProblemException.staleRevision("The stage template", ask.ifRevision(), found.revision());
        }
        return found;
    }

    private static TemplatesReply reply(Project project, @Nullable String touchedId) {
        List<TemplateView> views = new ArrayList<>();
        TemplateView touched = null;
        for (Stored stored : project.stored()) {
            StageTemplate stage = stored.stage();
            TemplateView view = new TemplateView(
                    stored.id(),
                    project.view().id(),
                    views.size() + 1,
                    stage.name(),
                    stage.type(),
                    stage.sortOrder(),
                    stage.followsPrevious(),
                    stage.dependsOn(),
                    stage.config(),
                    stage.policy(),
                    stage.approval(),
                    stage.locked(),
                    stage.prompt().template(),
                    stage.prompt().inputSource(),
                    stage.prompt().outputFormat(),
                    stage.prompt().outputSchema(),
                    stage.metadataOverrides(),
                    stored.revision());
            views.add(view);
            touched = stored.id().equals(touchedId) ? view : touched;
        }
        return new TemplatesReply(views, touched);
    }
}
