package dev.callboard.projects;

import dev.callboard.bus.Address;
import dev.callboard.bus.Topic;
import dev.callboard.problem.Violation;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What projects and their stage templates answer. */
public final class ProjectMessages {
    /** Lists projects, those that are archived or the others, newest first, 1,000 at most. */
    public static final Address<ListProjects, ProjectsReply> LIST =
            new Address<>("project.list", ListProjects.class, ProjectsReply.class);

    /** Creates a project with its own copy of a pipeline's stages. */
    public static final Address<CreateProject, ProjectReply> CREATE =
            new Address<>("project.create", CreateProject.class, ProjectReply.class);

    /** Reads a project. */
    public static final Address<GetProject, ProjectReply> GET =
            new Address<>("project.get", GetProject.class, ProjectReply.class);

    /** Renames or archives a project. */
    public static final Address<ChangeProject, ProjectReply> CHANGE =
            new Address<>("project.change", ChangeProject.class, ProjectReply.class);

    /** Reads a project's stage templates, in order. */
    public static final Address<ListTemplates, TemplatesReply> TEMPLATES =
            new Address<>("project.template.list", ListTemplates.class, TemplatesReply.class);

    /** Changes a project's stage templates. */
    public static final Address<EditTemplates, TemplatesReply> EDIT =
            new Address<>("project.template.edit", EditTemplates.class, TemplatesReply.class);

    /** A project is new or another than before, or its stage templates are. */
    public static final Topic<ProjectChanged> CHANGED = new Topic<>("project.changed", ProjectChanged.class);

    private ProjectMessages() {}

    /**
     * A project as it is now.
     *
     * @param added whether it is new
     */
    public record ProjectChanged(ProjectView project, boolean added) {}

    /**
     * Asks for all projects.
     *
     * @param archived true for archived ones, false for the others
     */
    public record ListProjects(boolean archived) {}

    /** Projects. */
    public record ProjectsReply(List<ProjectView> projects) {
        /** Copies. */
        public ProjectsReply {
            projects = List.copyOf(projects);
        }
    }

    /**
     * Creates a project.
     *
     * @param pipeline whose stages it starts with, null for {@code dev-task}
     */
    public record CreateProject(String name, String description, @Nullable String pipeline, @Nullable String id) {}

    /** Asks for a project. */
    public record GetProject(String id) {}

    /**
     * Changes a project; what is null stays.
     *
     * @param archived true archives it, false restores it
     * @param ifRevision the revision that the asker saw, null for any
     */
    public record ChangeProject(
            String id,
            @Nullable String name,
            @Nullable String description,
            @Nullable Boolean archived,
            @Nullable Long ifRevision) {}

    /** A project. */
    public record ProjectReply(ProjectView project) {}

    /** A project as clients see it. */
    public record ProjectView(
            String id,
            String name,
            String description,
            String pipeline,
            String pipelineVersion,
            Instant createdAt,
            @Nullable Instant archivedAt,
            long revision) {}

    /** Asks for stage templates. */
    public record ListTemplates(String projectId) {}

    /** What is done to stage templates. */
    public enum Edit {
        /** A new one, of the body. */
        ADD,
        /** The members that the body has. */
        CHANGE,
        /** Away; tasks that went through it keep it. */
        REMOVE,
        /** A removed one is there again, with its id and its place. */
        RESTORE,
        /** The order of the body. */
        REORDER,
        /** A copy behind it. */
        DUPLICATE
    }

    /**
     * Changes stage templates.
     *
     * @param templateId the one that is meant, null to add or reorder
     * @param body JSON-shaped, not yet checked
     * @param ifRevision the template's revision that the asker saw, null for any
     */
    public record EditTemplates(
            String projectId,
            Edit edit,
            @Nullable String templateId,
            @Nullable Object body,
            @Nullable Long ifRevision) {}

    /**
     * A project's stage templates, in order.
     *
     * @param touched the one that was added, changed or copied, null for none
     */
    public record TemplatesReply(List<TemplateView> templates, @Nullable TemplateView touched) {
        /** Copies. */
        public TemplatesReply {
            templates = List.copyOf(templates);
        }
    }

    /**
     * A stage template as clients see it: the members of a stage in a pipeline file, with its id.
     *
     * @param number 1, 2, 3… in the project's order
     * @param followsPrevious whether it follows the template before it, as one does that does not say depends_on
     * @param warnings ports that do not fit what feeds them, with pointers into the template
     * @param revision its ETag
     */
    public record TemplateView(
            String id,
            String projectId,
            int number,
            String name,
            String type,
            int sortOrder,
            boolean followsPrevious,
            List<String> dependsOn,
            Map<String, String> inputs,
            Map<String, @Nullable Object> config,
            @Nullable String policy,
            @Nullable Object approval,
            boolean locked,
            @Nullable String promptTemplate,
            String inputSource,
            @Nullable String outputFormat,
            @Nullable Map<String, @Nullable Object> outputSchema,
            Map<String, @Nullable Object> metadataOverrides,
            List<Violation> warnings,
            long revision) {
        /** Copies. */
        public TemplateView {
            dependsOn = List.copyOf(dependsOn);
            warnings = List.copyOf(warnings);
            inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
            config = Collections.unmodifiableMap(new LinkedHashMap<>(config));
            metadataOverrides = Collections.unmodifiableMap(new LinkedHashMap<>(metadataOverrides));
        }
    }
}
