package dev.callboard.engine;

import dev.callboard.pipelines.PipelineSink;
import dev.callboard.pipelines.PolicyReader;
import dev.callboard.pipelines.StageOrder;
import dev.callboard.taskmodel.Policy;
import dev.callboard.taskview.ViewedProject;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The project of a task, or the copy of a pipeline that it goes through, as it is at one moment. Shared by its tasks. */
final class ProjectRecord {
    private final Head head;
    private final Map<String, @Nullable Object> policies;
    private final Map<String, @Nullable Object> plugins;
    private final List<PipelineSink> sinks;
    private final Map<String, Template> templates;
    private final Map<String, Policy> rules = new LinkedHashMap<>();
    private final StageOrder all;
    private final StageOrder alive;
    private final ViewedProject viewed;

    /**
     * What it is.
     *
     * @param own whether it is a project that people see, and not a copy of a pipeline
     * @param pipeline the name of the pipeline that it was made of
     */
    record Head(String id, boolean own, String pipeline, String pipelineVersion) {}

    /**
     * A project.
     *
     * @param policies the pipeline's policies by name
     * @param plugins what the pipeline says of plugins, empty when it needs none
     * @param sinks where results go, none in most
     * @param templates all stage templates by id in their order, deleted ones too
     */
    ProjectRecord(
            Head head,
            Map<String, @Nullable Object> policies,
            Map<String, @Nullable Object> plugins,
            List<PipelineSink> sinks,
            Map<String, Template> templates) {
        this.head = head;
        this.policies = policies;
        this.plugins = plugins;
        this.sinks = List.copyOf(sinks);
        this.templates = Collections.unmodifiableMap(templates);
        policies.forEach((name, policy) -> rules.put(name, PolicyReader.stored(policy)));
        this.all = orderOf(Map.of());
        this.alive = alive(all);
        this.viewed = ViewedTasks.of(this);
    }

    String id() {
        return head.id();
    }

    Head head() {
        return head;
    }

    Map<String, @Nullable Object> policies() {
        return policies;
    }

    Map<String, @Nullable Object> plugins() {
        return plugins;
    }

    List<PipelineSink> sinks() {
        return sinks;
    }

    Map<String, Template> templates() {
        return templates;
    }

    /** What views of its tasks show of it. */
    ViewedProject viewed() {
        return viewed;
    }

    /** The order of all stage templates, deleted ones too; a selection may have an order of its own. */
    StageOrder all(Map<String, Integer> selection) {
        return selection.isEmpty() ? all : orderOf(selection);
    }

    /** The order of those that are not deleted. */
    StageOrder alive(Map<String, Integer> selection) {
        return selection.isEmpty() ? alive : alive(orderOf(selection));
    }

    private StageOrder alive(StageOrder order) {
        return order.select(templates.values().stream()
                .filter(template -> template.deletedAt() == null)
                .map(Template::id)
                .toList());
    }

    private StageOrder orderOf(Map<String, Integer> selection) {
        return StageOrder.of(templates.values().stream()
                .map(template -> new StageOrder.Node(
                        template.id(),
                        selection.getOrDefault(template.id(), template.sortOrder()),
                        template.followsPrevious(),
                        template.dependsOn()))
                .toList());
    }

    /** A policy of it; one that lets everything through when it has none of that name. */
    Policy policy(@Nullable String name) {
        Policy known = name == null ? null : rules.get(name);
        return known == null ? Policy.NONE : known;
    }

    /** A policy of it, if it may keep attempts from starting. */
    @Nullable
    PolicyUse limits(@Nullable String name) {
        if (name == null) {
            return null;
        }
        Policy policy = policy(name);
        return policy.limits() ? new PolicyUse(id(), name, policy) : null;
    }
}
