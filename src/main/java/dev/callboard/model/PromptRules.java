package dev.callboard.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What a template of a prompt may say. It is new templates that are held to it: one that was accepted before is filled in as
 * well as it goes.
 */
public final class PromptRules {
    /** The names that have values, when there is something to say under them. */
    public static final List<String> NAMES = List.of(
            "task_description",
            "user_input",
            "previous_output",
            "prior_attempt_output",
            "available_stages",
            "stage_summaries");

    /** The most unknown names that are said of one template. */
    private static final int MAX_UNKNOWN = 20;

    private PromptRules() {}

    /**
     * Everything that is wrong: sections that are not sound, and names that never have a value.
     *
     * @param pointer where the template stands
     */
    public static List<Violation> check(String template, String pointer) {
        List<Violation> violations = new ArrayList<>();
        PromptTemplate.violations(template)
                .forEach(violation -> violations.add(new Violation(pointer, violation.detail())));
        Set<String> unknown = PromptTemplate.names(template);
        NAMES.forEach(unknown::remove);
        unknown.stream()
                .limit(MAX_UNKNOWN)
                .forEach(name -> violations.add(new Violation(
                        pointer,
                        "names {{" + name + "}}, which never has a value; known are " + String.join(", ", NAMES))));
        return violations;
    }
}
