package dev.callboard.executors;

import dev.callboard.palette.ExecutorType;
import dev.callboard.palette.PromptRules;
import dev.callboard.palette.Setting;
import dev.callboard.palette.StageDefinition;
import dev.callboard.palette.StageExecutor;
import dev.callboard.problem.Violation;
import java.util.List;

/** Asks a person: {@code instructions} of the executor's config, a template, are shown to the person. */
final class ManualExecutor implements StageExecutor {
    private static final String INSTRUCTIONS = "instructions";
    private static final List<Setting> CONFIG = List.of(ConfigFields.text(INSTRUCTIONS, "What the person should do"));

    @Override
    public ExecutorType type() {
        return ExecutorType.MANUAL;
    }

    @Override
    public List<Setting> configSchema() {
        return CONFIG;
    }

    @Override
    public boolean getsSecrets() {
        return false;
    }

    @Override
    public List<Violation> check(StageDefinition definition) {
        return ConfigFields.templateFaults(definition, INSTRUCTIONS);
    }

    @Override
    public boolean asksPerson() {
        return true;
    }

    /** The instructions, the settings, and what is usual. */
    @Override
    public String question(StageDefinition definition) {
        StringBuilder question = new StringBuilder();
        String instructions = definition.executorConfig().get(INSTRUCTIONS) instanceof String text ? text.strip() : "";
        if (!instructions.isEmpty()) {
            question.append(instructions).append("\n\n");
        }
        boolean any = false;
        for (Setting setting : definition.settingsSchema()) {
            String name = "settings." + setting.key();
            if (setting.type() != Setting.Type.SECRET && !instructions.contains(name)) {
                question.append("{{#")
                        .append(name)
                        .append("}}\n- ")
                        .append(setting.label().replace("{{", "\\{{"))
                        .append(": {{")
                        .append(name)
                        .append("}}\n{{/")
                        .append(name)
                        .append("}}\n");
                any = true;
            }
        }
        return question.append(any ? "\n" : "").append(PromptRules.USUAL).toString();
    }
}
