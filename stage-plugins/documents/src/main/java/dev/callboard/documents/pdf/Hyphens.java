package dev.callboard.documents.pdf;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts words together that a line's end divides. Whether the hyphen is the word's own is told by the document itself: by how it
 * writes the word elsewhere.
 */
final class Hyphens {
    private static final Pattern WORD = Pattern.compile("\\p{L}[\\p{L}\\p{M}]*(?:[-\u2010]\\p{L}[\\p{L}\\p{M}]*)*");
    private static final Pattern TAIL = Pattern.compile("([\\p{L}\\p{M}]+(?:-[\\p{L}\\p{M}]+)*)-$");
    private static final Pattern HEAD = Pattern.compile("^([\\p{L}\\p{M}]+)(-?)");

    /** What English hangs on other words with a hyphen, and seldom without one. */
    private static final Set<String> ENDS_OF_COMPOUNDS = Set.of(
            "aware",
            "based",
            "coupled",
            "defined",
            "dependent",
            "driven",
            "free",
            "independent",
            "induced",
            "known",
            "level",
            "like",
            "oriented",
            "related",
            "resistant",
            "rich",
            "scale",
            "specific",
            "term",
            "treated");

    private final Map<String, Integer> known = new HashMap<>();

    /** Learns the words that stand inside lines, whole for certain. */
    void learn(List<Line> lines) {
        for (Line line : lines) {
            Matcher words = WORD.matcher(line.text());
            while (words.find()) {
                if (words.start() > 0 && words.end() < line.text().length()) {
                    String word = words.group().toLowerCase(Locale.ROOT).replace('\u2010', '-');
                    known.merge(word, 1, Integer::sum);
                    int hyphen = word.indexOf('-');
                    if (hyphen > 0) {
                        known.merge(word.substring(0, hyphen + 1), 1, Integer::sum);
                    }
                }
            }
        }
    }

    /** Two lines as one text. */
    String join(String text, String next) {
        if (text.isEmpty() || next.isEmpty()) {
            return text + next;
        }
        char last = text.charAt(text.length() - 1);
        if (last == '\u00AD') {
            return text.substring(0, text.length() - 1) + next;
        }
        String plain = last == '\u2010' ? text.substring(0, text.length() - 1) + '-' : text;
        Matcher tail = TAIL.matcher(plain);
        Matcher head = HEAD.matcher(next);
        if (!tail.find() || !head.find()) {
            boolean compound = last == '-' && text.length() > 1 && text.charAt(text.length() - 2) != ' ';
            boolean slash = last == '/' && text.lastIndexOf(' ') < text.lastIndexOf("://");
            boolean range = last == '\u2013' && Character.isDigit(next.charAt(0));
            return compound || slash || range ? plain + next : text + " " + next;
        }
        // "end-" before "to-end": a word of several parts.
        return !head.group(2).isEmpty() || isOwn(tail.group(1), head.group(1))
                ? plain + next
                : plain.substring(0, plain.length() - 1) + next;
    }

    /** Whether the hyphen would be there in the middle of a line too. */
    private boolean isOwn(String before, String after) {
        if (Character.isUpperCase(after.charAt(0))) {
            return true;
        }
        String first = before.toLowerCase(Locale.ROOT);
        String second = after.toLowerCase(Locale.ROOT);
        int joined = known.getOrDefault(first + second, 0);
        int hyphened = known.getOrDefault(first + "-" + second, 0);
        if (joined + hyphened > 0) {
            return hyphened > joined;
        }
        if (ENDS_OF_COMPOUNDS.contains(second) && known.getOrDefault(first, 0) > 0) {
            return true;
        }
        String lastPart = first.substring(first.lastIndexOf('-') + 1);
        boolean compounds = known.getOrDefault(first + "-", 0) > 0 && known.getOrDefault(second, 0) > 0;
        // "state-of-the-" ends with a word, and words of several parts go on with hyphens.
        return compounds || (lastPart.length() < first.length() && known.getOrDefault(lastPart, 0) > 0);
    }
}
