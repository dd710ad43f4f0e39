package dev.callboard.executors;

import dev.callboard.expressions.Expressions;
import dev.callboard.palette.ExecutorType;
import dev.callboard.palette.Setting;
import dev.callboard.palette.StageDefinition;
import dev.callboard.palette.StageExecutor;
import dev.callboard.problem.Violation;
import dev.callboard.spi.Stage;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes JSON of JSON by an expression in JSONata over {@code {input, settings, task, stages}}; {@code input} is what the stage
 * before put out; {@code stages}, there where the expression has that word, are the outputs of all before by name.
 */
final class ExpressionExecutor implements StageExecutor {
    static final String EXPRESSION = "expression";
    private static final String SETTINGS = "settings";

    private static final List<Setting> CONFIG =
            List.of(ConfigFields.requiredText(EXPRESSION, "Expression (JSONata over input, settings, task, stages)"));

    private final Expressions expressions;

    ExpressionExecutor(Expressions expressions) {
        this.expressions = expressions;
    }

    @Override
    public ExecutorType type() {
        return ExecutorType.EXPRESSION;
    }

    @Override
    public List<Setting> configSchema() {
        return CONFIG;
    }

    /** A secret setting is refused whether or not it is named: {@code settings} as a whole would show it. */
    @Override
    public List<Violation> check(StageDefinition definition) {
        List<Violation> violations = new ArrayList<>();
        String expression = String.valueOf(definition.executorConfig().get(EXPRESSION));
        for (int i = 0; i < definition.settingsSchema().size(); i++) {
            Setting setting = definition.settingsSchema().get(i);
            if (setting.type() == Setting.Type.SECRET) {
                boolean named = expression.contains(setting.key());
                violations.add(new Violation(
                        named ? "/executor_config/" + EXPRESSION : "/settings_schema/" + i + "/type",
                        (named ? "names the setting '" + setting.key() + "', which is a secret" : "is secret")
                                + ": no expression sees secrets; use it in a stage of another executor"));
            }
        }
        expressions
                .fault(expression)
                .ifPresent(fault -> violations.add(new Violation("/executor_config/" + EXPRESSION, fault)));
        for (String key : expressions.namesRead(expression, SETTINGS)) {
            if (definition.settingsSchema().stream()
                    .noneMatch(setting -> setting.key().equals(key))) {
                violations.add(new Violation(
                        "/executor_config/" + EXPRESSION,
                        "names " + SETTINGS + "." + key + ", which never has a value; " + known(definition)));
            }
        }
        return violations;
    }

    private static String known(StageDefinition definition) {
        List<String> keys =
                definition.settingsSchema().stream().map(Setting::key).toList();
        return keys.isEmpty()
                ? "the stage has no settings"
                : "known are " + SETTINGS + "." + String.join(", " + SETTINGS + ".", keys);
    }

    @Override
    public Stage stage(Request request) {
        return new ExpressionStage(expressions, request);
    }
}
