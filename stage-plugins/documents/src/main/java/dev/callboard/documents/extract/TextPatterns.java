package dev.callboard.documents.extract;

import com.google.re2j.Pattern;
import dev.callboard.documents.extract.TextPattern.Read;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The built-in patterns: numbers of trials, DOIs, PubMed's numbers, doses, p-values, dates and e-mail addresses. Of matches that
 * overlap the longest counts.
 */
final class TextPatterns {
    /** Any space or none, such as the thin one before a unit. */
    private static final String GAP = "[\\s\\p{Z}]?";

    private static final String NUMBER = "\\d+(?:[.,]\\d+)*";

    /** For what a dose is given; an amount in a volume is a concentration and no dose. */
    private static final String PER = "/" + GAP + "(?:kg|m2|m²|day|d|dose|week|hour|h)";

    /** A gram or a millilitre is a dose only for each kilogram of weight or for a time. */
    private static final String DOSE = "\\b(" + NUMBER + "(?:" + GAP + "[-–]" + GAP + NUMBER + ")?" + GAP
            + "(?:(?:mg|µg|μg|mcg|ng|IU|mmol|µmol|μmol)(?:" + PER + ")*|(?:kg|g|mL|ml|U)(?:" + PER
            + ")+))(?:[^\\pL\\pN²/]|$)";

    private static final String POWER = GAP + "[×x]" + GAP + "10(?:\\^?[-−–]\\d+|⁻[⁰¹²³⁴-⁹]+)";

    private static final String P_VALUE = "\\b([Pp](?:" + GAP + "[-–]?" + GAP + "values?)?" + GAP + "([<>=≤≥])" + GAP
            + "(0?[.·]\\d+|\\d(?:\\.\\d+)?(?:[eE][-−–]\\d+|" + POWER + ")|[01](?:\\.0+)?))(?:[^\\pL\\pN]|$)";

    private static final String EMAIL =
            "\\b[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)+[A-Za-z]{2,24}\\b";

    private static final String CLOSING = ".,;:!?)]}'\"’”»";

    private static final List<TextPattern> BUILT_IN = builtIn();

    private final List<TextPattern> patterns;

    /**
     * Patterns to look for.
     *
     * @param own those of the settings, which come after the built-in ones
     */
    TextPatterns(List<TextPattern> own) {
        patterns = new ArrayList<>(BUILT_IN);
        patterns.addAll(own);
    }

    /** What is found in a text, none overlapping another. */
    List<Hit> find(String text) {
        List<Hit> hits = new ArrayList<>();
        patterns.forEach(pattern -> pattern.find(text, hits));
        return Hit.longest(hits);
    }

    private static List<TextPattern> builtIn() {
        List<TextPattern> all = new ArrayList<>();
        Predicate<String> digits = text -> text.chars().anyMatch(c -> c >= '0' && c <= '9');
        all.add(identifier("\\bNCT\\d{8}\\b", has("NCT"), text -> Identifiers.trial(text, "", Map.of())));
        all.add(new TextPattern(
                Pattern.compile("\\b10\\.\\d{4,9}/[^\\s\\p{Z}\"<>]+"), has("10."), (text, match) -> doi(text)));
        all.add(identifier("\\bPMID:?" + GAP + "(\\d{1,9})\\b", has("PMID"), text -> Identifiers.pmid(text, "")));
        all.add(TextPattern.of(
                DOSE,
                digits,
                text -> EntityRef.identified(
                        "dose", EntityIds.normalised(text.replaceAll("[\\s\\p{Z}]+", "")), text, Map.of())));
        all.add(new TextPattern(
                Pattern.compile(P_VALUE),
                digits,
                (text, match) -> Optional.of(new Read(
                        text.length(),
                        EntityRef.identified("p_value", "p" + match.group(2) + match.group(3), text, Map.of())))));
        all.addAll(WrittenDates.patterns());
        all.add(TextPattern.of(
                EMAIL, has("@"), text -> EntityRef.identified("email", text.toLowerCase(Locale.ROOT), text, Map.of())));
        return List.copyOf(all);
    }

    private static Predicate<String> has(String part) {
        return text -> text.contains(part);
    }

    private static TextPattern identifier(
            String regex, Predicate<String> worth, Function<String, Optional<EntityRef>> entity) {
        return new TextPattern(Pattern.compile(regex), worth, (text, match) -> entity.apply(text)
                .map(found -> new Read(text.length(), found)));
    }

    /**
     * A DOI may hold almost anything: what closes a sentence or an open bracket around it is not taken for a part of it, nor the
     * place in the work that an address leads to.
     */
    private static Optional<Read> doi(String text) {
        int end = text.indexOf('#') < 0 ? text.length() : text.indexOf('#');
        while (end > 0 && CLOSING.indexOf(text.charAt(end - 1)) >= 0) {
            char last = text.charAt(end - 1);
            boolean opened =
                    (last == ')' && balanced(text, end, '(', ')')) || (last == ']' && balanced(text, end, '[', ']'));
            if (opened) {
                break;
            }
            end--;
        }
        int length = end;
        return Identifiers.doi(text.substring(0, end), "").map(entity -> new Read(length, entity));
    }

    private static boolean balanced(String text, int end, char open, char close) {
        int depth = 0;
        for (int i = 0; i < end; i++) {
            depth += text.charAt(i) == open ? 1 : text.charAt(i) == close ? -1 : 0;
        }
        return depth >= 0;
    }
}
