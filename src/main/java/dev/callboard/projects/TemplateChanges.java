package dev.callboard.projects;

import dev.callboard.pipelines.StageTemplate;
import dev.callboard.problem.ProblemException;
import dev.callboard.projects.ProjectMessages.EditTemplates;
import dev.callboard.projects.ProjectRepository.Project;
import dev.callboard.projects.ProjectRepository.Stored;
import dev.callboard.store.Transaction;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes one edit of a project's stage templates, inside the caller's transaction. */
final class TemplateChanges {
    private final TemplateRepository templates;
    private final TemplateEdits edits;
    private final Clock clock;

    TemplateChanges(TemplateRepository templates, TemplateEdits edits, Clock clock) {
        this.templates = templates;
        this.edits = edits;
        this.clock = clock;
    }

    /** Applies an edit; the id of the template that it touched, empty when it is gone or all were. */
    Future<String> apply(Transaction transaction, EditTemplates ask, Project project) {
        Instant now = clock.instant();
        Map<String, String> idOf = new LinkedHashMap<>();
        project.stored().forEach(each -> idOf.put(each.stage().name(), each.id()));
        TemplateColumns.Known known = new TemplateColumns.Known(idOf, project.sources());
        return switch (ask.edit()) {
            case ADD -> templates.insert(transaction, ask.projectId(), edits.added(project, ask.body()), known, now);
            case REORDER ->
                templates.place(transaction, edits.places(project, ask.body())).map("");
            case CHANGE -> change(transaction, ask, project, known);
            case REMOVE -> remove(transaction, wanted(project, ask), project, now);
            case RESTORE -> restore(transaction, ask, project);
            case DUPLICATE -> {
                Stored original = wanted(project, ask);
                StageTemplate copy = edits.copied(project, original);
                Map<String, Integer> later = new LinkedHashMap<>();
                project.stored().stream()
                        .filter(each ->
                                each.stage().sortOrder() > original.stage().sortOrder())
                        .forEach(each -> later.put(each.id(), each.stage().sortOrder() + 1));
                yield (later.isEmpty() ? Future.<Void>succeededFuture() : templates.place(transaction, later))
                        .compose(ignored -> templates.insert(transaction, ask.projectId(), copy, known, now));
            }
        };
    }

    private Future<String> change(
            Transaction transaction, EditTemplates ask, Project project, TemplateColumns.Known known) {
        Stored before = wanted(project, ask);
        StageTemplate changed = edits.changed(project, before, ask.body());
        boolean dependencies =
                ask.body() instanceof Map<?, ?> body && (body.containsKey("depends_on") || body.containsKey("inputs"));
        return templates
                .update(transaction, before.id(), changed)
                .compose(ignored -> dependencies
                        ? templates.updateDependencies(transaction, before.id(), changed, known)
                        : Future.succeededFuture())
                .map(before.id());
    }

    private Future<String> remove(Transaction transaction, Stored template, Project project, Instant now) {
        if (template.stage().locked() || project.stored().size() == 1) {
            throw ProblemException.illegalState(
                    "template_locked",
                    "'" + template.stage().name() + "' belongs to every task; unlock it before it is deleted.");
        }
        return templates.inUse(transaction, template.id()).compose(used -> {
            if (used) {
                throw ProblemException.illegalState(
                        "template_in_use", "'" + template.stage().name() + "' is in use by a task that runs or waits.");
            }
            return templates.remove(transaction, template.id(), now).map("");
        });
    }

    /** One that is not removed stays as it is. */
    private Future<String> restore(Transaction transaction, EditTemplates ask, Project project) {
        String id = String.valueOf(ask.templateId());
        if (project.stored().stream().anyMatch(each -> each.id().equals(id))) {
            return Future.succeededFuture(id);
        }
        return templates.removedName(transaction, project.view().id(), id).compose(removed -> {
            String name = removed.orElseThrow(() -> ProblemException.notFound(
                    "unknown_template", "The project has no stage template '" + id + "' that was removed."));
            if (project.stored().stream().anyMatch(each -> each.stage().name().equalsIgnoreCase(name))) {
                throw ProblemException.illegalState(
                        "template_exists",
                        "The project has another stage named '" + name + "' now; rename that one first.");
            }
            return templates.restore(transaction, id).map(id);
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
}
