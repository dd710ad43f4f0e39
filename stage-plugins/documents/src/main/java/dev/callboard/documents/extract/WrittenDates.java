package dev.callboard.documents.extract;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.callboard.documents.extract.TextPattern.Read;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Dates in English and ISO 8601, as exact as they are written: {@code 3 August 2012} and {@code 2012-08-03} are one. */
final class WrittenDates {
    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

    private static final String GAP = "[\\s\\p{Z}]";
    private static final String MONTH = "(January|February|March|April|May|June|July|August|September|October|November"
            + "|December|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\\.?)";
    private static final String YEAR = "([12]\\d{3})";
    private static final String DAY = "(\\d{1,2})(?:st|nd|rd|th)?";

    private static final Predicate<String> HAS_MONTH = text -> MONTHS.stream()
            .anyMatch(month -> text.contains(Character.toUpperCase(month.charAt(0)) + month.substring(1)));

    private WrittenDates() {}

    /** The patterns, whose matches may overlap: the longest is the most exact. */
    static List<TextPattern> patterns() {
        return List.of(
                pattern("\\b(" + YEAR + "-(\\d{2})-(\\d{2}))\\b", text -> text.indexOf('-') >= 0, 2, 3, 4),
                pattern(
                        "\\b(" + DAY + GAP + "(?:of" + GAP + ")?" + MONTH + ",?" + GAP + YEAR + ")\\b",
                        HAS_MONTH,
                        4,
                        3,
                        2),
                pattern("\\b(" + MONTH + GAP + DAY + ",?" + GAP + YEAR + ")\\b", HAS_MONTH, 4, 2, 3),
                pattern("\\b(" + MONTH + ",?" + GAP + YEAR + ")\\b", HAS_MONTH, 3, 2, 0));
    }

    private static TextPattern pattern(String regex, Predicate<String> worth, int year, int month, int day) {
        return new TextPattern(Pattern.compile(regex), worth, (text, match) -> iso(match, year, month, day)
                .map(iso -> new Read(text.length(), EntityRef.identified("date", iso, iso, Map.of()))));
    }

    /** Empty for a day that no calendar has. */
    private static Optional<String> iso(Matcher match, int year, int month, int day) {
        try {
            YearMonth of = YearMonth.of(Integer.parseInt(match.group(year)), month(match.group(month)));
            return Optional.of(
                    day == 0
                            ? of.toString()
                            : LocalDate.of(of.getYear(), of.getMonth(), Integer.parseInt(match.group(day)))
                                    .toString());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static int month(String text) {
        return Character.isDigit(text.charAt(0))
                ? Integer.parseInt(text)
                : MONTHS.indexOf(text.substring(0, 3).toLowerCase(Locale.ROOT)) + 1;
    }
}
