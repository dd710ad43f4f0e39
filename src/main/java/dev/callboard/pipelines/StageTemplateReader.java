package dev.callboard.pipelines;

import dev.callboard.problem.Fields;
import dev.callboard.problem.Names;
import dev.callboard.spi.Forms;
import dev.callboard.taskmodel.ApprovalRule;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one stage of a pipeline. */
final class StageTemplateReader {
    private static final Pattern FORMAT = Pattern.compile("[a-z][a-z0-9_]{0,31}");
    private static final int MAX_PROMPT = 100_000;
    private static final Set<String> KEYS = Set.of(
            "name",
            "type",
            "sort_order",
            "policy",
            "depends_on",
            "inputs",
            "config",
            "metadata_overrides",
            "approval",
            "gate",
            "locked",
            "prompt_template",
            "input_source",
            "output_format",
            "output_schema");

    private StageTemplateReader() {}

    static StageTemplate read(Fields fields, int index, Set<String> policies) {
        PipelineReader.knownKeys(fields, KEYS);
        PipelineReader.required(fields, "name");
        PipelineReader.required(fields, "type");
        String policy = fields.word("policy", "", PipelineReader.WORD);
        if (!policy.isEmpty() && !policies.contains(policy)) {
            fields.wrong("policy", "names the policy '" + policy + "', which is not under policies");
        }
        Object approval = fields.get("approval");
        ApprovalRule.fault(approval).ifPresent(detail -> fields.wrong("approval", detail));
        Integer sortOrder = fields.whole("sort_order", Integer.MIN_VALUE, Integer.MAX_VALUE);
        return new StageTemplate(
                name(fields),
                fields.word("type", "", Forms.STAGE_TYPE),
                sortOrder == null ? index : sortOrder,
                !fields.has("depends_on"),
                fields.words("depends_on", PipelineReader.MAX_STAGES, PipelineReader.STAGE_NAME),
                PortInputs.read(fields),
                PipelineReader.object(fields, "config"),
                policy.isEmpty() ? null : policy,
                approval,
                fields.get("gate"),
                fields.flag("locked"),
                prompt(fields),
                overrides(fields));
    }

    private static String name(Fields fields) {
        String name = fields.word("name", "", PipelineReader.STAGE_NAME);
        if (!name.isEmpty() && Names.isBlank(name)) {
            fields.wrong("name", "must have a character that can be seen");
        }
        return name.strip();
    }

    private static StagePrompt prompt(Fields fields) {
        String template = fields.text("prompt_template", "", MAX_PROMPT);
        String source = fields.word("input_source", StagePrompt.PREVIOUS, FORMAT);
        if (!StagePrompt.SOURCES.contains(source)) {
            fields.wrong("input_source", "must be user, previous_stage or both");
        }
        String format = fields.word("output_format", "", FORMAT);
        Map<String, @Nullable Object> schema = PipelineReader.object(fields, "output_schema");
        return new StagePrompt(
                template.isBlank() ? null : template,
                source,
                format.isEmpty() ? null : format,
                schema.isEmpty() ? null : schema);
    }

    private static Map<String, @Nullable Object> overrides(Fields stage) {
        Map<String, @Nullable Object> overrides = PipelineReader.object(stage, "metadata_overrides");
        Fields fields = new Fields(overrides, stage.pointerOf("metadata_overrides"), stage.violations());
        PipelineReader.knownKeys(fields, Set.of("state_key", "description", "dependencies"));
        fields.words("state_key", 20, Forms.STATE_KEY);
        fields.text("description", "", 10_000);
        fields.words("dependencies", 50, Forms.STAGE_TYPE);
        return overrides;
    }
}
