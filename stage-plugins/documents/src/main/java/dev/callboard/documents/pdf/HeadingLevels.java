package dev.callboard.documents.pdf;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Matcher;

/** How deep headings are: by the outline or their number where there is one, else by how large and heavy they are. */
final class HeadingLevels {
    private HeadingLevels() {}

    static void set(List<TextBlock> headings, Outline outline) {
        TreeSet<Integer> styles = new TreeSet<>(Comparator.reverseOrder());
        headings.forEach(heading -> styles.add(style(heading)));
        List<Integer> ranks = new ArrayList<>(styles);
        for (TextBlock heading : headings) {
            int known = outline.level(heading.text);
            Matcher number = Headings.NUMBER.matcher(heading.text);
            if (known > 0) {
                heading.level = known;
            } else if (number.matches()) {
                heading.level =
                        1 + (int) number.group(1).chars().filter(c -> c == '.').count();
            } else {
                heading.level = 1 + ranks.indexOf(style(heading));
            }
        }
    }

    /** Larger for what stands out more: size first, then capitals, weight and slant. */
    private static int style(TextBlock heading) {
        boolean capitals = heading.text.equals(heading.text.toUpperCase(Locale.ROOT));
        return Math.round(heading.size()) * 8
                + (capitals ? 4 : 0)
                + (heading.isBold() ? 2 : 0)
                + (heading.isItalic() ? 0 : 1);
    }
}
