package dev.callboard.documents.extract;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.callboard.documents.extract.TextPattern.Read;
import dev.callboard.documents.input.Settings;
import dev.callboard.spi.StageFailure;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How the stage extract works.
 *
 * @param methods those to use; default all but {@code model}, which needs a model that the operator configured
 * @param maxEntities of one document; default 2,000
 * @param maxPlaces of one entity in one document; default 100
 * @param maxPairs of entities mentioned together in one document; default 200
 * @param unpairedTypes types of entities that are in no pair; default date, dose, email and p_value, which are values
 * @param patterns of the user
 * @param maxModelCalls of one execution; default 50
 */
record ExtractSettings(
        Set<Method> methods,
        int maxEntities,
        int maxPlaces,
        int maxPairs,
        Set<String> unpairedTypes,
        List<TextPattern> patterns,
        int maxModelCalls) {
    private static final int MOST_PATTERNS = 100;
    private static final int LONGEST_PATTERN = 1_000;
    private static final int MOST_STEPS = 5_000;

    /** Abbreviations of one document, each with its long form. */
    private static final int MOST_OWN_TERMS = 20_000;

    private static final List<String> VALUES = List.of("date", "dose", "email", "p_value");
    private static final String TYPE = "[a-z][a-z0-9_-]{0,63}";

    static ExtractSettings from(Settings settings) throws StageFailure {
        return new ExtractSettings(
                methods(settings),
                (int) settings.integer("max_entities", 2_000, 1, 10_000),
                (int) settings.integer("max_places", 100, 1, 10_000),
                (int) settings.integer("max_pairs", 200, 0, 10_000),
                Set.copyOf(settings.strings("unpaired_types", VALUES)),
                patterns(settings),
                (int) settings.integer("max_model_calls", 50, 1, 10_000));
    }

    boolean isRoomFor(int ownTerms) {
        return ownTerms < MOST_OWN_TERMS;
    }

    private static Set<Method> methods(Settings settings) throws StageFailure {
        EnumSet<Method> methods = EnumSet.noneOf(Method.class);
        for (String name : settings.strings("methods", Method.usual())) {
            methods.add(Method.named(name)
                    .orElseThrow(() -> Settings.invalid("methods", "a list of " + String.join(", ", Method.names()))));
        }
        return methods;
    }

    /** The user's patterns: {@code [{name, pattern, type}]}; what a pattern finds is an entity known by that text. */
    private static List<TextPattern> patterns(Settings settings) throws StageFailure {
        Object value = settings.values().get("patterns");
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> list) || list.size() > MOST_PATTERNS) {
            throw Settings.invalid("patterns", "a list of at most " + MOST_PATTERNS + " objects {name, pattern, type}");
        }
        List<TextPattern> patterns = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            patterns.add(pattern("patterns[" + i + "]", list.get(i)));
        }
        return patterns;
    }

    private static TextPattern pattern(String where, Object element) throws StageFailure {
        if (!(element instanceof Map<?, ?> map)
                || !(map.get("pattern") instanceof String regex)
                || !(map.get("type") instanceof String type)) {
            throw Settings.invalid(where, "an object {name, pattern, type}");
        }
        if (!type.matches(TYPE)) {
            throw Settings.invalid(where + ".type", "lower-case letters, digits, _ and -, such as gene");
        }
        if (regex.length() > LONGEST_PATTERN) {
            throw Settings.invalid(where + ".pattern", "at most " + LONGEST_PATTERN + " characters");
        }
        if (PatternSize.of(regex) > MOST_STEPS) {
            throw Settings.invalid(
                    where + ".pattern",
                    "at most " + MOST_STEPS + " steps long with its repeats written out: use * and +");
        }
        try {
            return new TextPattern(Pattern.compile(regex), text -> true, (text, match) -> EntityRef.named(type, text)
                    .map(entity -> new Read(text.length(), entity)));
        } catch (PatternSyntaxException e) {
            throw Settings.invalid(
                    where + ".pattern",
                    "a valid RE2 pattern: " + e.getDescription()
                            + (e.getPattern() == null ? "" : ": " + e.getPattern()));
        }
    }
}
