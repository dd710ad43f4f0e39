package dev.callboard.projects;

import dev.callboard.palette.StageResolver;
import dev.callboard.pipelines.PipelineRules;
import dev.callboard.problem.ProblemException;
import dev.callboard.problem.Violation;
import dev.callboard.projects.ProjectMessages.Edit;
import dev.callboard.projects.ProjectRepository.Project;
import dev.callboard.projects.ProjectRepository.Stored;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a project's stages need of each other: a stage that needs another type has one of that type before it, as in a pipeline
 * file. An edit is refused for what it breaks, not for what was broken before it.
 */
record TemplateNeeds(StageResolver resolver) {

    /**
     * Refuses an edit after which a stage lacks what it had.
     *
     * @param touched the id of the stage that was edited; empty for all, or for one that was removed
     * @throws ProblemException {@code template_needed} for a removal, {@code invalid_order}, else {@code invalid_template}
     */
    void requireMet(Project before, Project after, Edit edit, String touched) {
        Set<String> known = new HashSet<>();
        lacking(before).forEach(each -> known.add(key(before, each)));
        List<Violation> broken = lacking(after).stream()
                .filter(each -> !known.contains(key(after, each)))
                .toList();
        if (broken.isEmpty()) {
            return;
        }
        String why = broken.get(0).sentence();
        switch (edit) {
            case REMOVE ->
                throw ProblemException.illegalState(
                        "template_needed",
                        "The stage cannot be removed: without it " + why + " Remove that one first.");
            case REORDER -> throw ProblemException.invalid("invalid_order", "The order does not work: " + why);
            default ->
                throw ProblemException.invalid(
                        "invalid_template",
                        "The stage template cannot be saved: " + why,
                        broken.stream()
                                .map(each -> new Violation(
                                        stage(after, each).id().equals(touched) ? "/type" : "", each.detail()))
                                .toList());
        }
    }

    private List<Violation> lacking(Project project) {
        return PipelineRules.lacking(project.pipeline(), resolver);
    }

    /** The stage that lacks something, whatever its name is now, and what it lacks. */
    private static String key(Project project, Violation lack) {
        Stored stage = stage(project, lack);
        String what = lack.detail().replace("'" + stage.stage().name() + "'", "");
        return stage.id() + what.substring(0, what.lastIndexOf(" before it"));
    }

    private static Stored stage(Project project, Violation lack) {
        return project.stored().get(Integer.parseInt(lack.pointer().split("/", -1)[2]));
    }
}
