package dev.callboard.taskview;

import dev.callboard.palette.StageResolver;
import dev.callboard.pipelines.PipelineRules;
import dev.callboard.pipelines.PolicyReader;
import dev.callboard.pipelines.SelectionRules;
import dev.callboard.pipelines.StageOrder;
import dev.callboard.taskmodel.Policy;
import dev.callboard.taskmodel.PolicyView;
import dev.callboard.taskmodel.TaskView;
import dev.callboard.taskview.ViewedProject.ViewedTemplate;
import dev.callboard.taskview.ViewedTask.ViewedAttempt;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The stages of all tasks of one project that have the same selection. Deleted stage templates are bridged and left out.
 *
 * @param policies those that its stages have, as if nothing had used them yet
 */
record ViewedStages(List<Part> parts, List<PolicyView> policies) {
    /** What all these tasks say of a stage. */
    private record Part(
            ViewedTemplate template,
            @Nullable Integer number,
            List<String> needs,
            int sortOrder,
            List<String> dependsOn) {}

    static ViewedStages of(ViewedProject project, Map<String, Integer> selection, StageResolver resolver) {
        Map<String, ViewedTemplate> byId = new LinkedHashMap<>();
        List<StageOrder.Node> nodes = new ArrayList<>();
        for (ViewedTemplate template : project.templates()) {
            byId.put(template.id(), template);
            nodes.add(new StageOrder.Node(
                    template.id(),
                    selection.getOrDefault(template.id(), template.sortOrder()),
                    template.followsPrevious(),
                    template.dependsOn()));
        }
        StageOrder alive = StageOrder.of(nodes)
                .select(project.templates().stream()
                        .filter(template -> template.deletedAt() == null)
                        .map(ViewedTemplate::id)
                        .toList());
        SelectionRules rules = rules(alive, byId, resolver);
        List<String> chosen =
                SelectionRules.effective(alive, selection.keySet()).keys();
        List<Part> parts = new ArrayList<>();
        for (String id : alive.keys()) {
            ViewedTemplate template = of(byId, id);
            int place = chosen.indexOf(id);
            parts.add(new Part(
                    template,
                    place < 0 ? null : place + 1,
                    rules.needs(id),
                    selection.getOrDefault(id, template.sortOrder()),
                    template.dependsOn().stream()
                            .map(other -> of(byId, other))
                            .filter(other -> other.deletedAt() == null)
                            .map(ViewedTemplate::name)
                            .toList()));
        }
        return new ViewedStages(parts, policies(project));
    }

    private static ViewedTemplate of(Map<String, ViewedTemplate> byId, String id) {
        return Objects.requireNonNull(byId.get(id));
    }

    private static SelectionRules rules(StageOrder alive, Map<String, ViewedTemplate> byId, StageResolver resolver) {
        return new SelectionRules(alive, alive.keys().stream().collect(Collectors.toMap(id -> id, id -> {
            ViewedTemplate template = of(byId, id);
            return new SelectionRules.Stage(
                    template.name(),
                    template.type(),
                    template.locked(),
                    PipelineRules.needs(template.type(), template.overrides(), resolver));
        })));
    }

    private static List<PolicyView> policies(ViewedProject project) {
        List<PolicyView> views = new ArrayList<>();
        project.policies().forEach((name, value) -> {
            List<String> stages = project.templates().stream()
                    .filter(template -> name.equals(template.policy()) && template.deletedAt() == null)
                    .map(ViewedTemplate::id)
                    .toList();
            if (!stages.isEmpty()) {
                Policy policy = PolicyReader.stored(value);
                views.add(PolicyView.of(name, stages, policy, PolicyView.Live.fresh(policy)));
            }
        });
        return List.copyOf(views);
    }

    /**
     * As one of the tasks shows them.
     *
     * @param latest the newest attempt of each stage, by template id
     * @param suggestions as they are kept with the task
     */
    List<TaskView.Stage> of(Map<String, ViewedAttempt> latest, Map<?, ?> suggestions) {
        Map<String, String> suggested = reasons(suggestions);
        return parts.stream()
                .map(part -> stage(
                        part,
                        latest.get(part.template().id()),
                        suggested.get(part.template().id())))
                .toList();
    }

    /** Template id to the reason of its suggestion, possibly empty. */
    private static Map<String, String> reasons(Map<?, ?> suggestions) {
        Map<String, String> reasons = new LinkedHashMap<>();
        if (suggestions.get("stages") instanceof List<?> stages) {
            for (Object stage : stages) {
                if (stage instanceof Map<?, ?> each) {
                    reasons.put(
                            String.valueOf(each.get("id")), each.get("reason") instanceof String reason ? reason : "");
                }
            }
        }
        return reasons;
    }

    /** @param suggested why it was suggested, null when it was not */
    private static TaskView.Stage stage(Part part, @Nullable ViewedAttempt latest, @Nullable String suggested) {
        ViewedTemplate template = part.template();
        String reason = suggested == null || suggested.isEmpty() ? null : suggested;
        return new TaskView.Stage(
                template.id(),
                template.name(),
                template.type(),
                part.number(),
                latest == null ? "pending" : latest.status(),
                part.number() != null,
                template.locked(),
                suggested != null,
                template.locked() ? "Belongs to every task." : reason,
                part.needs(),
                template.approval(),
                template.outputFormat(),
                template.outputSchema(),
                part.sortOrder(),
                part.dependsOn(),
                latest == null ? null : latest.id(),
                latest == null ? null : latest.outputCount(),
                latest == null ? null : latest.startedAt(),
                latest == null ? null : latest.durationMs());
    }
}
