package dev.callboard.projects;

import dev.callboard.palette.PromptRules;
import dev.callboard.palette.StageResolver;
import dev.callboard.pipelines.Pipeline;
import dev.callboard.pipelines.PipelineReader;
import dev.callboard.pipelines.PipelineRules;
import dev.callboard.pipelines.PipelineYaml;
import dev.callboard.pipelines.PortRules;
import dev.callboard.pipelines.SourceConfig.Given;
import dev.callboard.pipelines.StageTemplate;
import dev.callboard.problem.Names;
import dev.callboard.problem.ProblemException;
import dev.callboard.problem.Violation;
import dev.callboard.projects.ProjectRepository.Project;
import dev.callboard.projects.ProjectRepository.Stored;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What may become of a project's stage templates: the rules of a pipeline file hold for them too. */
final class TemplateEdits {
    private final StageResolver resolver;

    TemplateEdits(StageResolver resolver) {
        this.resolver = resolver;
    }

    /** The new stage; fails with {@code invalid_template}. */
    StageTemplate added(Project project, @Nullable Object body) {
        Map<String, @Nullable Object> stage = new LinkedHashMap<>(members(body));
        List<Stored> stored = project.stored();
        int last =
                stored.stream().mapToInt(each -> each.stage().sortOrder()).max().orElse(-1);
        stage.putIfAbsent("sort_order", last + 1L);
        return checked(project, null, stage);
    }

    /** The changed stage; fails with {@code invalid_template}. */
    StageTemplate changed(Project project, Stored before, @Nullable Object body) {
        Map<String, @Nullable Object> stage = TemplateMembers.of(before.stage());
        Map<String, @Nullable Object> changes = members(body);
        if (changes.get("inputs") instanceof Map<?, ?> inputs && !inputs.isEmpty()) {
            stage.put("depends_on", TemplateMembers.ownDependencies(project, before.stage()));
        }
        stage.putAll(changes);
        return checked(project, before, stage);
    }

    /** A copy of a stage, not locked, under a name of its own. */
    StageTemplate copied(Project project, Stored original) {
        if (project.stored().stream().anyMatch(each -> each.stage().sortOrder() == Integer.MAX_VALUE)) {
            throw ProblemException.invalid(
                    "invalid_template",
                    "A stage of the project has the highest sort_order there is; give it a lower one first.");
        }
        Map<String, @Nullable Object> stage = TemplateMembers.of(original.stage());
        String name = original.stage().name();
        String free = name + " (copy)";
        for (int i = 2; named(project, free); i++) {
            free = name + " (copy " + i + ")";
        }
        stage.put("name", free);
        stage.put("locked", false);
        stage.put("sort_order", original.stage().sortOrder() + 1);
        if (!original.stage().followsPrevious()) {
            stage.put("depends_on", List.of(name));
        }
        return checked(project, null, stage);
    }

    private static boolean named(Project project, String name) {
        return project.stored().stream()
                .anyMatch(each -> each.stage().name().toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT)));
    }

    private static Map<String, @Nullable Object> members(@Nullable Object body) {
        if (!(body instanceof Map<?, ?> map)) {
            throw ProblemException.invalid("invalid_template", "A stage template must be an object.");
        }
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        map.forEach((key, value) -> members.put(String.valueOf(key), value));
        return members;
    }

    private StageTemplate checked(Project project, @Nullable Stored before, Map<String, @Nullable Object> stage) {
        List<Object> stages = new ArrayList<>();
        int index = project.stored().size();
        for (Stored each : project.stored()) {
            if (before != null && each.id().equals(before.id())) {
                index = stages.size();
                stages.add(stage);
            } else {
                Map<String, @Nullable Object> other = before == null
                        ? TemplateMembers.of(each.stage())
                        : TemplateMembers.of(
                                project, each.stage(), before.stage().name(), stage.get("name"));
                stages.add(other);
            }
        }
        if (before == null) {
            stages.add(stage);
        }
        List<Violation> violations = new ArrayList<>();
        boolean taken = stage.get("name") instanceof String name
                && project.stored().stream()
                        .filter(each -> before == null || !each.id().equals(before.id()))
                        .anyMatch(each -> each.stage().name().equalsIgnoreCase(name.strip()));
        if (stage.get("name") instanceof String name && !name.isEmpty()) {
            Names.titleFault(name).ifPresent(detail -> violations.add(new Violation("/name", detail)));
        }
        if (taken) {
            violations.add(new Violation("/name", "there is a stage of that name already"));
        }
        if (stage.get("prompt_template") instanceof String template
                && project.stored().stream()
                        .noneMatch(each -> template.equals(each.stage().prompt().template()))) {
            violations.addAll(PromptRules.check(
                    template, resolver.settings(String.valueOf(stage.get("type"))), "/prompt_template"));
        }
        Map<String, Object> whole = new LinkedHashMap<>();
        whole.put("name", project.view().pipeline());
        // Only their names count here: what they say was checked when the project was made.
        Map<String, Object> policies = new LinkedHashMap<>();
        project.policies().keySet().forEach(name -> policies.put(name, Map.of()));
        whole.put("policies", policies);
        whole.put("stages", stages);
        // Their names are all that counts here too.
        whole.put(
                "sources",
                project.sources().stream()
                        .map(name -> Map.of("name", name, "type", Given.FILES.type()))
                        .toList());
        PipelineReader.Result result = PipelineReader.read(whole);
        List<Violation> found = new ArrayList<>(result.violations());
        Pipeline pipeline = result.pipeline();
        if (pipeline != null) {
            found.addAll(PipelineYaml.schemaFaults(pipeline));
            found.addAll(PipelineYaml.malformedSchemas(pipeline));
            found.addAll(PipelineRules.check(pipeline, resolver).errors());
            PortRules.Checked ports = PortRules.check(pipeline, resolver);
            found.addAll(ports.unknown());
            found.addAll(ports.ambiguous());
        }
        String own = "/stages/" + index;
        found.stream()
                .filter(each ->
                        each.pointer().startsWith(own + "/") || !each.pointer().startsWith("/stages/"))
                // A name that is taken was reported above: the rules of a pipeline may find it at either of the two
                // stages.
                .filter(each -> !taken || !each.pointer().equals(own + "/name"))
                .map(each -> new Violation(pointerInStage(each.pointer(), own, stages.size()), each.detail()))
                .forEach(violations::add);
        if (!violations.isEmpty() || pipeline == null) {
            throw ProblemException.invalid(
                    "invalid_template",
                    violations.isEmpty()
                            ? "The stage template does not fit the project's others."
                            : "The stage template cannot be saved: "
                                    + violations.get(0).pointer() + " "
                                    + violations.get(0).sentence(),
                    violations);
        }
        StageTemplate read = pipeline.stages().get(index);
        return before == null
                ? read
                : new StageTemplate(
                        read.name(),
                        read.type(),
                        read.sortOrder(),
                        read.followsPrevious(),
                        read.dependsOn(),
                        read.inputs(),
                        read.config(),
                        read.policy(),
                        read.approval(),
                        before.stage().gate(),
                        read.locked(),
                        read.prompt(),
                        read.metadataOverrides());
    }

    /** What is wrong with all stages together and not with their number is that they depend on each other in a circle. */
    private static String pointerInStage(String pointer, String own, int stages) {
        if (pointer.startsWith(own + "/")) {
            return pointer.substring(own.length());
        }
        return pointer.equals("/stages") && stages <= PipelineReader.MAX_STAGES ? "/depends_on" : "";
    }

    /** The places of a new order; fails with {@code invalid_order}. */
    Map<String, Integer> places(Project project, @Nullable Object body) {
        List<?> order = body instanceof Map<?, ?> map && map.get("order") instanceof List<?> list ? list : List.of();
        Map<String, Integer> places = new LinkedHashMap<>();
        order.forEach(id -> places.put(String.valueOf(id), places.size()));
        List<String> ids = project.stored().stream().map(Stored::id).toList();
        if (order.size() != ids.size() || !places.keySet().equals(Set.copyOf(ids))) {
            throw ProblemException.invalid("invalid_order", "order must name each stage template of the project once.");
        }
        Stored first = project.stored().get(0);
        if (first.stage().locked() && !List.copyOf(places.keySet()).get(0).equals(first.id())) {
            throw ProblemException.invalid(
                    "invalid_order", "'" + first.stage().name() + "' is locked and stays the first stage.");
        }
        for (Stored stored : project.stored()) {
            for (String before : stored.stage().dependsOn()) {
                boolean late = project.stored().stream()
                        .anyMatch(each -> each.stage().name().equals(before)
                                && places.getOrDefault(each.id(), 0) > places.getOrDefault(stored.id(), 0));
                if (late) {
                    throw ProblemException.invalid(
                            "invalid_order", "'" + stored.stage().name() + "' depends on '" + before + "'.");
                }
            }
        }
        return places;
    }
}
