package dev.callboard.projects;

import dev.callboard.pipelines.Pipeline;
import dev.callboard.pipelines.PipelineYaml;
import dev.callboard.pipelines.StagePrompt;
import dev.callboard.pipelines.StageTemplate;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Migrates Research stages that were made before stages could be suggested, so that they suggest them. A prompt that nobody edited
 * becomes the present one; an edited one is kept, with a paragraph added. Schemas get what they lack.
 */
public final class ResearchUpgrade {
    private static final String SHIPPED = "/defaults/pipelines/dev-task.yaml";
    private static final String MEMBER = "suggested_stages";
    private static final String PARAGRAPH =
            """

            # Stages
            After you, the task can go through these stages:
            {{available_stages}}

            Suggest the ones that this task needs, by their exact names, each with one sentence why. Add them to your
            answer as "suggested_stages": [{"name": "…", "reason": "…"}].
            """;

    private final StagePrompt present;

    ResearchUpgrade(StagePrompt present) {
        this.present = present;
    }

    /** With the prompt that is shipped. Blocks. */
    public static ResearchUpgrade shipped() {
        try (InputStream in = ResearchUpgrade.class.getResourceAsStream(SHIPPED)) {
            if (in == null) {
                throw new IllegalStateException("the resource " + SHIPPED + " is missing");
            }
            Pipeline pipeline = PipelineYaml.read(in.readAllBytes()).pipeline();
            if (pipeline == null) {
                throw new IllegalStateException("the resource " + SHIPPED + " is no pipeline");
            }
            return new ResearchUpgrade(pipeline.stages().stream()
                    .map(StageTemplate::prompt)
                    .filter(StagePrompt::suggests)
                    .findFirst()
                    .orElseThrow());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The shipped prompt as it was before stages could be suggested. */
    String former() {
        String template = String.valueOf(present.template());
        String without =
                template.substring(0, template.indexOf("# Stages")) + template.substring(template.indexOf("# Answer"));
        int from = without.indexOf(",\n  \"" + MEMBER);
        int to = without.indexOf("  ]", from) + "  ]".length();
        return without.substring(0, from) + without.substring(to);
    }

    /** The prompt that takes the place of an earlier one. */
    StagePrompt upgraded(StagePrompt before) {
        String template = before.template();
        String kept = template == null || template.strip().equals(former().strip())
                ? present.template()
                : template.contains(MEMBER) ? template : template.stripTrailing() + "\n" + PARAGRAPH;
        return new StagePrompt(kept, before.inputSource(), before.outputFormat(), schema(before.outputSchema()));
    }

    private @Nullable Map<String, @Nullable Object> schema(@Nullable Map<String, @Nullable Object> before) {
        Map<String, @Nullable Object> shipped = present.outputSchema();
        if (before == null || shipped == null) {
            return shipped;
        }
        if (!(shipped.get("properties") instanceof Map<?, ?> own)) {
            return before;
        }
        Map<String, @Nullable Object> properties = new LinkedHashMap<>();
        if (before.get("properties") instanceof Map<?, ?> old) {
            old.forEach((key, value) -> properties.put(String.valueOf(key), value));
        }
        properties.putIfAbsent(MEMBER, own.get(MEMBER));
        Map<String, @Nullable Object> schema = new LinkedHashMap<>(before);
        schema.put("properties", properties);
        return schema;
    }
}
