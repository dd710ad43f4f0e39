package dev.callboard.taskmodel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A stage that somebody suggests for a task.
 *
 * @param name a stage template's name, as they wrote it
 * @param reason why, possibly empty
 */
public record Suggestion(String name, String reason) {
    private static final int MOST = 200;

    /**
     * Suggestions matched to stage templates.
     *
     * @param reasons template id to reason, of those that were matched
     * @param unknown names that fit no template
     */
    public record Matched(Map<String, String> reasons, List<String> unknown) {}

    /** The {@code suggested_stages} of an output; nothing when it has none. Malformed ones are left out. */
    public static Optional<List<Suggestion>> of(@Nullable Object output) {
        if (!(output instanceof Map<?, ?> map) || !(map.get("suggested_stages") instanceof List<?> list)) {
            return Optional.empty();
        }
        List<Suggestion> suggestions = new ArrayList<>();
        for (Object item : list) {
            if (suggestions.size() < MOST
                    && item instanceof Map<?, ?> each
                    && each.get("name") instanceof String name) {
                suggestions.add(new Suggestion(name, each.get("reason") instanceof String reason ? reason : ""));
            }
        }
        return Optional.of(suggestions);
    }

    /** Matches by name, trimmed and without regard to case; the first suggestion of a stage counts. */
    public static Matched match(List<Suggestion> suggestions, Map<String, String> names) {
        Map<String, String> idOf = new LinkedHashMap<>();
        names.forEach((id, name) -> idOf.putIfAbsent(key(name), id));
        Map<String, String> reasons = new LinkedHashMap<>();
        List<String> unknown = new ArrayList<>();
        for (Suggestion suggestion : suggestions) {
            String id = idOf.get(key(suggestion.name()));
            if (id == null) {
                unknown.add(suggestion.name());
            } else {
                reasons.putIfAbsent(id, suggestion.reason());
            }
        }
        return new Matched(reasons, List.copyOf(unknown));
    }

    private static String key(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }

    /**
     * How many questions an output leaves open: members of its list {@code questions} that ask something and have no
     * text as their {@code answer}.
     */
    public static int openQuestions(@Nullable Object output) {
        return output instanceof Map<?, ?> map && map.get("questions") instanceof List<?> questions
                ? (int) questions.stream().filter(Suggestion::isOpen).count()
                : 0;
    }

    private static boolean isOpen(@Nullable Object question) {
        if (question instanceof Map<?, ?> map) {
            boolean asks = !(map.get("question") instanceof String text) || !text.isBlank();
            boolean answered = map.get("answer") instanceof String answer && !answer.isBlank();
            return asks && !answered;
        }
        return question != null && !String.valueOf(question).isBlank();
    }
}
