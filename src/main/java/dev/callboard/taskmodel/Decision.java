package dev.callboard.taskmodel;

import dev.callboard.problem.Fields;
import dev.callboard.problem.ProblemException;
import dev.callboard.problem.Violation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a person decides about a stage's result.
 *
 * @param hasOutput whether they filled in or edited the output
 * @param output what they filled in, JSON-shaped
 * @param selected ids of what they chose
 * @param fields what they filled in beside the output
 * @param comment for the history, null for none
 * @param waiveQuestions whether open questions are to stay open
 */
public record Decision(
        boolean hasOutput,
        @Nullable Object output,
        List<String> selected,
        Map<String, @Nullable Object> fields,
        @Nullable String comment,
        boolean waiveQuestions) {

    /** They agree, and nothing else. */
    public static final Decision AGREED = new Decision(false, null, List.of(), Map.of(), null, false);

    private static final List<String> KEYS = List.of("output", "selected", "fields", "comment", "waive_questions");
    private static final int MAX_COMMENT = 10_000;

    /** Copies. */
    public Decision {
        selected = List.copyOf(selected);
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** Reads a JSON-shaped decision; fails with {@code invalid_decision} and everything that is wrong. */
    public static Decision read(@Nullable Object value) {
        if (value == null) {
            return AGREED;
        }
        List<Violation> violations = new ArrayList<>();
        Map<?, ?> map = value instanceof Map<?, ?> given ? given : Map.of();
        if (!(value instanceof Map<?, ?>)) {
            violations.add(new Violation("/decision", "must be an object"));
        }
        Fields members = new Fields(map, "/decision", violations);
        members.only(KEYS);
        String comment = members.text("comment", "", MAX_COMMENT);
        Decision decision = new Decision(
                map.get("output") != null,
                map.get("output"),
                selected(members),
                fields(members),
                comment.isBlank() ? null : comment,
                members.flag("waive_questions"));
        if (!violations.isEmpty()) {
            throw invalid(violations);
        }
        return decision;
    }

    /** Why a decision is refused. */
    public static ProblemException invalid(List<Violation> violations) {
        return ProblemException.invalid(
                "invalid_decision",
                "The decision cannot be taken: " + violations.get(0).pointer() + " "
                        + violations.get(0).sentence(),
                violations);
    }

    private static List<String> selected(Fields members) {
        if (members.get("selected") == null) {
            return List.of();
        }
        if (members.get("selected") instanceof List<?> list
                && list.stream().allMatch(id -> id instanceof String || id instanceof Number)) {
            return list.stream().map(String::valueOf).toList();
        }
        members.wrong("selected", "must be a list of ids");
        return List.of();
    }

    private static Map<String, @Nullable Object> fields(Fields members) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        if (members.get("fields") instanceof Map<?, ?> map) {
            map.forEach((key, value) -> fields.put(String.valueOf(key), value));
        } else if (members.get("fields") != null) {
            members.wrong("fields", "must be an object");
        }
        return fields;
    }

    /** Its members for the history, without the output. */
    public Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        if (!selected.isEmpty()) {
            members.put("selected", selected);
        }
        if (!fields.isEmpty()) {
            members.put("fields", fields);
        }
        if (comment != null) {
            members.put("comment", comment);
        }
        if (waiveQuestions) {
            members.put("waive_questions", true);
        }
        return members;
    }
}
