package dev.callboard.taskview;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a task's view shows of its project, or of the copy of a pipeline that it goes through.
 *
 * @param own whether it is a project that clients see
 * @param policies the pipeline's policies by name, as they are stored
 * @param templates all stage templates in their order, deleted ones too
 */
public record ViewedProject(
        String id,
        boolean own,
        String pipeline,
        String pipelineVersion,
        Map<String, @Nullable Object> policies,
        List<ViewedTemplate> templates) {
    /** Copies. */
    public ViewedProject {
        templates = List.copyOf(templates);
    }

    /**
     * A stage template.
     *
     * @param followsPrevious whether it says nothing of what comes before it; {@code dependsOn} is empty then
     * @param dependsOn ids of the templates before it
     * @param overrides what the pipeline says otherwise than the stage's metadata
     * @param approval the approval rule as it stands in the pipeline, null for the default
     * @param outputSchema JSON-shaped, null for any output
     */
    public record ViewedTemplate(
            String id,
            String name,
            String type,
            int sortOrder,
            boolean followsPrevious,
            List<String> dependsOn,
            boolean locked,
            Map<String, @Nullable Object> overrides,
            @Nullable String policy,
            @Nullable Object approval,
            @Nullable String outputFormat,
            @Nullable Object outputSchema,
            @Nullable Instant deletedAt) {}
}
