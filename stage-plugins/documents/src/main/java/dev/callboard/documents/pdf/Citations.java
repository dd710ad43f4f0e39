package dev.callboard.documents.pdf;

import dev.callboard.documents.ir.Reference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds which of the cited works a text names: by numbers in square brackets, {@code [3, 5–7]}, where the list has numbers; by a name
 * and a year, {@code Pilot et al. (1998)}, where it has none. A name and a year that fit two works name neither.
 */
final class Citations {
    private static final Pattern NUMBERS = Pattern.compile("\\[(\\d{1,4}(?:\\s*[,;–-]\\s*\\d{1,4}){0,60})\\]");
    private static final Pattern PART = Pattern.compile("(\\d{1,4})(?:\\s*[–-]\\s*(\\d{1,4}))?");
    private static final Pattern NAME_AND_YEAR =
            Pattern.compile("(\\p{Lu}[\\p{L}'’-]+)(?:\\s+et\\s+al\\.?|\\s+(?:&|and)\\s+\\p{Lu}[\\p{L}'’-]+)?"
                    + ",?\\s+\\(?((?:1[5-9]|20)\\d\\d[a-z]?)(?!\\d)");
    private static final Pattern FIRST_NAME = Pattern.compile("^(\\p{Lu}[\\p{L}'’-]+)");
    private static final Pattern YEAR = Pattern.compile("(?<!\\d)(?:1[5-9]|20)\\d\\d[a-z]?(?![\\d\\p{L}])");

    /** A wider range is something else in brackets. */
    private static final int WIDEST_RANGE = 100;

    private static final String SEVERAL = "";

    private final Map<Integer, String> byNumber = new HashMap<>();
    /** Of a name and a year; {@link #SEVERAL} where two works have them. */
    private final Map<String, String> byName = new HashMap<>();

    Citations(List<Reference> works) {
        for (Reference work : works) {
            if (work.label() != null) {
                byNumber.putIfAbsent(Integer.valueOf(work.label()), work.id());
                continue;
            }
            Matcher name = FIRST_NAME.matcher(work.text());
            if (name.find()) {
                // The letter of 1998a is printed beside the year, and only there.
                YEAR.matcher(work.text())
                        .results()
                        .map(year -> key(name.group(1), year.group()))
                        .distinct()
                        .forEach(key -> byName.merge(key, work.id(), (one, other) -> SEVERAL));
            }
        }
    }

    private static String key(String name, String year) {
        return name.toLowerCase(Locale.ROOT) + ' ' + year;
    }

    /** The ids of the works that a text names, in order, possibly repeated. */
    List<String> in(String text) {
        List<String> cited = new ArrayList<>();
        if (!byNumber.isEmpty()) {
            NUMBERS.matcher(text).results().forEach(found -> numbers(found.group(1), cited));
        }
        if (!byName.isEmpty()) {
            NAME_AND_YEAR.matcher(text).results().forEach(found -> {
                String id = byName.getOrDefault(key(found.group(1), found.group(2)), SEVERAL);
                if (!id.equals(SEVERAL)) {
                    cited.add(id);
                }
            });
        }
        return cited;
    }

    private void numbers(String list, List<String> cited) {
        Matcher parts = PART.matcher(list);
        while (parts.find()) {
            int from = Integer.parseInt(parts.group(1));
            int to = parts.group(2) == null ? from : Integer.parseInt(parts.group(2));
            for (int number = from; number <= to && to - from < WIDEST_RANGE; number++) {
                if (byNumber.containsKey(number)) {
                    cited.add(byNumber.get(number));
                }
            }
        }
    }
}
