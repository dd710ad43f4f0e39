package dev.callboard.projects;

import dev.callboard.palette.StageResolver;
import dev.callboard.pipelines.Pipeline;
import dev.callboard.pipelines.Pipelines;
import dev.callboard.pipelines.PortRules;
import dev.callboard.pipelines.StageTemplate;
import dev.callboard.problem.Ids;
import dev.callboard.problem.Names;
import dev.callboard.problem.ProblemException;
import dev.callboard.problem.Violation;
import dev.callboard.projects.ProjectMessages.ChangeProject;
import dev.callboard.projects.ProjectMessages.CreateProject;
import dev.callboard.projects.ProjectMessages.EditTemplates;
import dev.callboard.projects.ProjectMessages.ProjectView;
import dev.callboard.projects.ProjectMessages.TemplateView;
import dev.callboard.projects.ProjectMessages.TemplatesReply;
import dev.callboard.projects.ProjectRepository.Project;
import dev.callboard.projects.ProjectRepository.Stored;
import dev.callboard.store.Database;
import dev.callboard.store.Transaction;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Projects, each with its own copy of a pipeline's stage templates. */
public final class Projects {
    private static final String USUAL = "dev-task";

    private final Database database;
    private final Pipelines pipelines;
    private final StageResolver resolver;
    private final ProjectRepository projects = new ProjectRepository();
    private final TemplateRepository templates;
    private final TemplateChanges changes;
    private final TemplateNeeds needs;
    private final ProjectAudit audit;
    private final Ids ids;
    private final Clock clock;

    /** Names the parts. */
    public Projects(
            Database database,
            Pipelines pipelines,
            TemplateRepository templates,
            StageResolver resolver,
            ProjectAudit audit,
            Ids ids,
            Clock clock) {
        this.database = database;
        this.pipelines = pipelines;
        this.resolver = resolver;
        this.templates = templates;
        this.audit = audit;
        this.changes = new TemplateChanges(templates, new TemplateEdits(resolver), clock);
        this.needs = new TemplateNeeds(resolver);
        this.ids = ids;
        this.clock = clock;
    }

    /** The projects that are archived, or those that are not, newest first. */
    public Future<List<ProjectView>> list(boolean archived) {
        return database.read(transaction -> projects.list(transaction, archived));
    }

    /** A project. Fails with {@code unknown_project}. */
    public Future<Project> get(String id) {
        return database.read(transaction -> projects.get(transaction, id));
    }

    /** Fails with {@code invalid_project}, {@code unknown_pipeline} or {@code invalid_pipeline}. */
    public Future<ProjectView> create(CreateProject ask) {
        requireName(ask.name());
        String id = ask.id();
        return id == null
                ? create(ask, ids.next())
                : database.read(transaction -> projects.find(transaction, id))
                        .compose(made -> made.isPresent()
                                ? Future.succeededFuture(made.get().view())
                                : create(ask, id));
    }

    private Future<ProjectView> create(CreateProject ask, String id) {
        return pipelines
                .choose(ask.pipeline() == null ? USUAL : ask.pipeline(), Set.of(), List.of())
                .compose(pipeline -> create(ask, id, pipeline));
    }

    private Future<ProjectView> create(CreateProject ask, String id, Pipeline pipeline) {
        Instant now = clock.instant();
        return database.write(transaction -> templates
                        .insertProject(
                                transaction, id, ask.name().strip(), ask.description(), "project", pipeline, "", now)
                        .compose(ignored -> templates.insertAll(transaction, pipeline, id, now))
                        .compose(ignored -> projects.get(transaction, id))
                        .compose(created ->
                                audit.created(transaction, created, now).map(created)))
                .map(Project::view);
    }

    private static void requireName(String name) {
        if (Names.isBlank(name) || name.length() > 200) {
            throw ProblemException.invalid(
                    "invalid_project",
                    "name must have 1 to 200 characters.",
                    List.of(new Violation("/name", "must have 1 to 200 characters, and one that can be seen")));
        }
        Names.titleFault(name).ifPresent(detail -> {
            throw ProblemException.invalid(
                    "invalid_project", "name " + detail + ".", List.of(new Violation("/name", detail)));
        });
    }

    /** Fails with {@code stale_revision} or {@code unknown_project}. */
    public Future<ProjectView> change(ChangeProject ask) {
        if (ask.name() != null) {
            requireName(ask.name());
        }
        return database.write(transaction -> changing(transaction, ask.id())
                        .compose(before -> {
                            long revision = before.view().revision();
                            if (ask.ifRevision() != null && ask.ifRevision() != revision) {
                                throw ProblemException.staleRevision("The project", ask.ifRevision(), revision);
                            }
                            return projects.change(transaction, ask, before.view(), clock.instant())
                                    .map(before);
                        })
                        .compose(before -> projects.get(transaction, ask.id())
                                .compose(after -> audit.changed(transaction, before, after, clock.instant())
                                        .map(after))))
                .map(Project::view);
    }

    /** A project that a write changes. Fails with {@code unknown_project}. */
    private Future<Project> changing(Transaction transaction, String id) {
        database.outdated(id);
        return projects.get(transaction, id);
    }

    /** The stage templates of a project. Fails with {@code unknown_project}. */
    public Future<TemplatesReply> templates(String projectId) {
        return get(projectId).map(project -> reply(project, null));
    }

    /** An edit that is stored, and the tasks that look different now. */
    public record Edited(TemplatesReply reply, ProjectView project, List<String> openTasks) {}

    /**
     * Edits. Fails with {@code invalid_template}, {@code invalid_order}, {@code unknown_template}, {@code template_in_use},
     * {@code template_needed}, {@code template_locked} or {@code stale_revision}.
     */
    public Future<Edited> edit(EditTemplates ask) {
        return database.write(transaction -> changing(transaction, ask.projectId())
                .compose(before -> changes.apply(transaction, ask, before)
                        .compose(touched -> projects.get(transaction, ask.projectId())
                                .compose(now -> {
                                    needs.requireMet(before, now, ask.edit(), touched);
                                    return audit.edited(transaction, ask, before, now, touched, clock.instant())
                                            .compose(ignored -> templates.openTasks(transaction, ask.projectId()))
                                            .map(open -> new Edited(
                                                    reply(now, touched.isEmpty() ? null : touched), now.view(), open));
                                }))));
    }

    private TemplatesReply reply(Project project, @Nullable String touchedId) {
        List<TemplateView> views = new ArrayList<>();
        TemplateView touched = null;
        List<Violation> mismatches =
                PortRules.check(project.pipeline(), resolver).mismatches();
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
                    stage.inputs(),
                    stage.config(),
                    stage.policy(),
                    stage.approval(),
                    stage.locked(),
                    stage.prompt().template(),
                    stage.prompt().inputSource(),
                    stage.prompt().outputFormat(),
                    stage.prompt().outputSchema(),
                    stage.metadataOverrides(),
                    warnings(mismatches, "/stages/" + views.size() + "/"),
                    stored.revision());
            views.add(view);
            touched = stored.id().equals(touchedId) ? view : touched;
        }
        return new TemplatesReply(views, touched);
    }

    /** Those of one stage, with pointers into it. */
    private static List<Violation> warnings(List<Violation> all, String at) {
        return all.stream()
                .filter(each -> each.pointer().startsWith(at))
                .map(each -> new Violation(each.pointer().substring(at.length() - 1), each.detail()))
                .toList();
    }
}
