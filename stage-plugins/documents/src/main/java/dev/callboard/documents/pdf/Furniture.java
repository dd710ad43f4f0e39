package dev.callboard.documents.pdf;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/**
 * Running headers, footers and page numbers: lines at the top or bottom edge of a page that stand at the same height of other
 * pages too, but for their numbers; and numbers alone at the edge.
 */
final class Furniture {
    /** How much of a page's height is its edge. */
    private static final float EDGE = 0.13f;

    /** A number alone may stand farther from the edge, when nothing is beyond it. */
    private static final float EDGE_OF_NUMBERS = 0.22f;

    /** How far it is from the text, in parts of the size of letters. */
    private static final float APART = 1.5f;

    private static final float SAME_HEIGHT = 6;
    private static final int MOST_LINES = 6;
    private static final Pattern NUMBER = Pattern.compile("\\d+");
    private static final Pattern PAGE_NUMBER =
            Pattern.compile("(?i)[-–—|\\s(\\[]*(?:page|p\\.|seite|s\\.)?\\s*(?:[0-9]{1,5}|[ivxlc]{1,7})"
                    + "(?:\\s*(?:of|/|von)\\s*[0-9]{1,5})?[-–—|\\s)\\]]*");
    private static final Pattern PAGE_OF =
            Pattern.compile("(?i).{0,4}\\bpage\\s+\\d{1,5}(?:\\s+of\\s+\\d{1,5})?\\b.{0,60}");

    private Furniture() {}

    /**
     * Takes them out of the pages.
     *
     * @param named is told each: where it was, and its text
     */
    static void remove(List<PageText> pages, BiConsumer<String, String> named) {
        Map<String, List<Line>> alike = new HashMap<>();
        for (PageText page : pages) {
            for (Line line : edge(page, true)) {
                alike.computeIfAbsent(form(line), key -> new ArrayList<>()).add(line);
            }
            for (Line line : edge(page, false)) {
                alike.computeIfAbsent(form(line), key -> new ArrayList<>()).add(line);
            }
        }
        for (PageText page : pages) {
            Set<Line> gone = new HashSet<>();
            remove(page, true, pages.size(), alike, gone, named);
            remove(page, false, pages.size(), alike, gone, named);
            page.columns().forEach(column -> column.removeIf(gone::contains));
        }
    }

    private static void remove(
            PageText page,
            boolean top,
            int pages,
            Map<String, List<Line>> alike,
            Set<Line> gone,
            BiConsumer<String, String> named) {
        List<Line> candidates = new ArrayList<>();
        for (Line line : edge(page, top)) {
            boolean near = top ? line.y() < page.height() * EDGE : line.y() > page.height() * (1 - EDGE);
            if (isNumber(line) || (near && repeats(line, alike.get(form(line)), pages))) {
                candidates.add(line);
            }
        }
        for (Line line : candidates) {
            boolean outermost = !isNumber(line) || isOutermost(line, page, top, candidates);
            if (outermost && isSetApart(line, page, top, candidates)) {
                gone.add(line);
                named.accept(isNumber(line) ? "page numbers" : top ? "page headers" : "page footers", line.text());
            }
        }
    }

    private static boolean isNumber(Line line) {
        return PAGE_NUMBER.matcher(line.text()).matches()
                || PAGE_OF.matcher(line.text()).matches();
    }

    /** Whether there is more than a line's distance to the text: the first line of pages of a table may repeat too. */
    private static boolean isSetApart(Line line, PageText page, boolean top, List<Line> candidates) {
        for (List<Line> column : page.columns()) {
            for (Line other : column) {
                float inwards = top ? other.y() - line.y() : line.y() - other.y();
                boolean beside = inwards < Math.min(other.size(), line.size()) / 2;
                if (!beside && !candidates.contains(other) && inwards < APART * Math.max(other.size(), line.size())) {
                    return false;
                }
            }
        }
        return true;
    }

    /** On another page, at the same height; of many pages on more than two. */
    private static boolean repeats(Line line, List<Line> alike, int pages) {
        Set<Integer> others = new HashSet<>();
        for (Line other : alike) {
            if (other.page() != line.page() && Math.abs(other.y() - line.y()) < SAME_HEIGHT) {
                others.add(other.page());
            }
        }
        return others.size() >= (pages > 6 ? 2 : 1) && line.text().length() > 1;
    }

    private static boolean isOutermost(Line line, PageText page, boolean top, List<Line> candidates) {
        for (List<Line> column : page.columns()) {
            for (Line other : column) {
                boolean beyond = top ? other.y() < line.y() - SAME_HEIGHT : other.y() > line.y() + SAME_HEIGHT;
                if (beyond && !candidates.contains(other)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** The lines at one edge, the outermost first. */
    private static List<Line> edge(PageText page, boolean top) {
        List<Line> edge = new ArrayList<>();
        for (List<Line> column : page.columns()) {
            for (Line line : column) {
                if (top
                        ? line.y() < page.height() * EDGE_OF_NUMBERS
                        : line.y() > page.height() * (1 - EDGE_OF_NUMBERS)) {
                    edge.add(line);
                }
            }
        }
        edge.sort((a, b) -> top ? Float.compare(a.y(), b.y()) : Float.compare(b.y(), a.y()));
        return edge.subList(0, Math.min(MOST_LINES, edge.size()));
    }

    private static String form(Line line) {
        return NUMBER.matcher(line.text()).replaceAll("#").replaceAll("\\s+", " ");
    }
}
