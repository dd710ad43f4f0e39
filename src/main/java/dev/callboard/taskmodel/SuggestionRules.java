package dev.callboard.taskmodel;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Suggests stages without a model: by the words that a task's text shares with what the stage templates say of themselves.
 */
public final class SuggestionRules {
    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Pattern USUAL =
            Pattern.compile("hardly any task|almost always|every task", Pattern.CASE_INSENSITIVE);
    private static final Pattern LARGE =
            Pattern.compile("larger|more than one|complex|several", Pattern.CASE_INSENSITIVE);
    private static final int LONG_TEXT = 60;
    private static final int SHORTEST = 4;
    private static final int STEM = 6;
    private static final int SHOWN = 3;
    private static final Set<String> COMMON = Set.of(
            "about",
            "after",
            "description",
            "title",
            "also",
            "change",
            "changes",
            "could",
            "does",
            "from",
            "have",
            "into",
            "like",
            "made",
            "make",
            "makes",
            "more",
            "much",
            "need",
            "needed",
            "needs",
            "only",
            "other",
            "ready",
            "should",
            "some",
            "stage",
            "such",
            "task",
            "than",
            "that",
            "them",
            "then",
            "these",
            "they",
            "this",
            "those",
            "used",
            "useful",
            "when",
            "where",
            "which",
            "will",
            "with",
            "without",
            "work",
            "would");

    private SuggestionRules() {}

    /**
     * A stage that can be suggested.
     *
     * @param description what it is for
     */
    public record Offer(String name, String description) {}

    /** The stages that fit, in the order offered; each says which words made it fit. */
    public static List<Suggestion> suggest(String text, List<Offer> offers) {
        List<String> said = words(text);
        Set<String> stems = new LinkedHashSet<>();
        said.forEach(word -> stems.add(stem(word)));
        List<Suggestion> suggestions = new ArrayList<>();
        for (Offer offer : offers) {
            List<String> shared = words(offer.name() + " " + offer.description()).stream()
                    .filter(word -> stems.contains(stem(word)))
                    .distinct()
                    .limit(SHOWN)
                    .toList();
            if (!shared.isEmpty()) {
                suggestions.add(
                        new Suggestion(offer.name(), "Rule: the task mentions '" + String.join("', '", shared) + "'."));
            } else if (USUAL.matcher(offer.description()).find()) {
                suggestions.add(new Suggestion(offer.name(), "Rule: almost every task needs it."));
            } else if (said.size() > LONG_TEXT
                    && LARGE.matcher(offer.description()).find()) {
                suggestions.add(new Suggestion(
                        offer.name(), "Rule: the task's text is long, and this stage is for larger work."));
            }
        }
        return suggestions;
    }

    private static List<String> words(String text) {
        return NO_WORD.splitAsStream(text.toLowerCase(Locale.ROOT))
                .filter(word -> word.length() >= SHORTEST && !COMMON.contains(word))
                .toList();
    }

    private static String stem(String word) {
        return word.length() > STEM
                ? word.substring(0, STEM)
                : word.endsWith("s") ? word.substring(0, word.length() - 1) : word;
    }
}
