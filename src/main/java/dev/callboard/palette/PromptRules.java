package dev.callboard.palette;

import dev.callboard.problem.Violation;
import java.util.ArrayList;
import java.util.List;

/**
 * What a template of a prompt may say. It is new templates that are held to it: one that was accepted before is filled in as
 * well as it goes.
 */
public final class PromptRules {
    /** What is asked where neither the stage template nor the stage says anything. */
    public static final String USUAL =
            """
            {{task_description}}
            {{#previous_output}}

            What the stage before put out:
            {{previous_output}}
            {{/previous_output}}
            {{#prior_attempt_output}}

            The earlier attempt:
            {{prior_attempt_output}}
            {{/prior_attempt_output}}
            {{#user_input}}

            {{user_input}}
            {{/user_input}}
            """;

    /** What is said of a stage that a model does and that nobody gave a prompt; ends the sentence "The stage …". */
    public static final String NO_PROMPT =
            "has no prompt: give it one in the pipeline (prompt_template), or write one in its"
                    + " definition (executor_config.prompt)";

    /** The most unknown names that are said of one template. */
    private static final int MAX_UNKNOWN = 20;

    private PromptRules() {}

    /**
     * Everything that is wrong: sections that are not sound, and names that never have a value.
     *
     * @param settings the settings of the stage that it belongs to
     * @param pointer where the template stands
     */
    public static List<Violation> check(String template, List<Setting> settings, String pointer) {
        List<Violation> violations = new ArrayList<>();
        PromptTemplate.violations(template)
                .forEach(violation -> violations.add(new Violation(pointer, violation.detail())));
        PromptTemplate.names(template).stream()
                .flatMap(name -> TemplateNames.fault(name, settings)
                        .map(fault -> new Violation(pointer, "names {{" + name + "}}, " + fault))
                        .stream())
                .limit(MAX_UNKNOWN)
                .forEach(violations::add);
        return violations;
    }
}
