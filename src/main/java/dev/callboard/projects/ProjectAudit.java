package dev.callboard.projects;

import dev.callboard.audit.AuditEntry;
import dev.callboard.audit.AuditRepository;
import dev.callboard.json.Json;
import dev.callboard.pipelines.StageTemplate;
import dev.callboard.projects.ProjectMessages.Edit;
import dev.callboard.projects.ProjectMessages.EditTemplates;
import dev.callboard.projects.ProjectRepository.Project;
import dev.callboard.projects.ProjectRepository.Stored;
import dev.callboard.store.Transaction;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Optional;

/** Records in the audit log what became of projects and their stage templates, in the transaction of the change. */
public final class ProjectAudit {
    private final AuditRepository audit;

    /** Names the audit log. */
    public ProjectAudit(AuditRepository audit) {
        this.audit = audit;
    }

    Future<Void> created(Transaction transaction, Project project, Instant now) {
        String detail =
                project.view().name() + ", stages of pipeline " + project.view().pipeline();
        return audit.add(transaction, "project.created", target(project), detail, now);
    }

    Future<Void> changed(Transaction transaction, Project before, Project after, Instant now) {
        boolean was = before.view().archivedAt() != null;
        boolean is = after.view().archivedAt() != null;
        String kind = was == is ? "project.changed" : is ? "project.archived" : "project.taken_back";
        return audit.add(transaction, kind, target(after), after.view().name(), now);
    }

    /**
     * An edit of stage templates.
     *
     * @param touched the id of the template that is new or another than before, empty for none
     */
    Future<Void> edited(
            Transaction transaction, EditTemplates ask, Project before, Project after, String touched, Instant now) {
        String id = touched.isEmpty() && ask.templateId() != null ? ask.templateId() : touched;
        Optional<StageTemplate> old = find(before, id);
        Optional<StageTemplate> stage = find(after, id);
        String name = stage.or(() -> old).map(StageTemplate::name).orElse("");
        String detail =
                (name.isEmpty() ? "" : name + ", ") + "project " + after.view().id();
        return audit.add(
                        transaction,
                        kind(ask.edit()),
                        id.isEmpty() ? target(after) : new AuditEntry.Target(id, name),
                        detail,
                        now)
                .compose(ignored -> overrides(transaction, id, old, stage, now));
    }

    private Future<Void> overrides(
            Transaction transaction,
            String id,
            Optional<StageTemplate> old,
            Optional<StageTemplate> stage,
            Instant now) {
        String before = old.map(ProjectAudit::overrides).orElse("{}");
        String after = stage.map(ProjectAudit::overrides).orElse(before);
        String name = stage.or(() -> old).map(StageTemplate::name).orElse("");
        return before.equals(after)
                ? Future.succeededFuture()
                : audit.add(
                        transaction,
                        "override.set",
                        new AuditEntry.Target(id, name),
                        stage.map(StageTemplate::type).orElse("") + " " + after,
                        now);
    }

    private static AuditEntry.Target target(Project project) {
        return new AuditEntry.Target(project.view().id(), project.view().name());
    }

    private static String overrides(StageTemplate stage) {
        return Json.write(stage.metadataOverrides());
    }

    private static Optional<StageTemplate> find(Project project, String id) {
        return project.stored().stream()
                .filter(stored -> stored.id().equals(id))
                .map(Stored::stage)
                .findFirst();
    }

    private static String kind(Edit edit) {
        return switch (edit) {
            case ADD -> "template.added";
            case CHANGE -> "template.changed";
            case REMOVE -> "template.removed";
            case RESTORE -> "template.restored";
            case REORDER -> "template.reordered";
            case DUPLICATE -> "template.duplicated";
        };
    }
}
