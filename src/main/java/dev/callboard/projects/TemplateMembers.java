package dev.callboard.projects;

import dev.callboard.pipelines.PortInput;
import dev.callboard.pipelines.StageTemplate;
import dev.callboard.projects.ProjectRepository.Project;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The stages of a project as the members of stages in a pipeline file. */
final class TemplateMembers {
    private TemplateMembers() {}

    /** All of a stage when another one gets a new name. */
    static Map<String, @Nullable Object> of(
            Project project, StageTemplate stage, String before, @Nullable Object after) {
        Map<String, @Nullable Object> members = of(stage);
        if (after instanceof String name) {
            if (!stage.followsPrevious()) {
                members.put(
                        "depends_on",
                        stage.dependsOn().stream()
                                .map(other -> other.equals(before) ? name : other)
                                .toList());
            }
            Map<String, String> inputs = new LinkedHashMap<>();
            stage.inputs()
                    .forEach((port, text) -> inputs.put(
                            port,
                            feed(project, text)
                                    .filter(input ->
                                            !input.source() && input.from().equals(before))
                                    .map(input -> input.renamed(name).text())
                                    .orElse(text)));
            members.put("inputs", inputs);
        }
        return members;
    }

    /** All of a stage. */
    static Map<String, @Nullable Object> of(StageTemplate stage) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("name", stage.name());
        members.put("type", stage.type());
        members.put("sort_order", stage.sortOrder());
        members.put("depends_on", stage.followsPrevious() ? null : stage.dependsOn());
        members.put("inputs", stage.inputs());
        members.put("config", stage.config());
        members.put("policy", stage.policy());
        members.put("approval", stage.approval());
        members.put("locked", stage.locked());
        members.put("prompt_template", stage.prompt().template());
        members.put("input_source", stage.prompt().inputSource());
        members.put("output_format", stage.prompt().outputFormat());
        members.put("output_schema", stage.prompt().outputSchema());
        members.put("metadata_overrides", stage.metadataOverrides());
        return members;
    }

    /** What a stage says of the stages before it beside those that feed its ports. */
    static @Nullable List<String> ownDependencies(Project project, StageTemplate stage) {
        if (stage.followsPrevious()) {
            return null;
        }
        List<String> implied = stage.inputs().values().stream()
                .flatMap(text -> feed(project, text).stream())
                .filter(input -> !input.source())
                .map(PortInput::from)
                .toList();
        return stage.dependsOn().stream()
                .filter(name -> !implied.contains(name))
                .toList();
    }

    private static Optional<PortInput> feed(Project project, String text) {
        return PortInput.of(
                text, project.stored().stream().map(each -> each.stage().name()).toList(), project.sources());
    }
}
