package dev.callboard.documents.pdf;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What most of a document's text looks like.
 *
 * @param size of its letters, in points
 * @param bold whether it is
 * @param fixed whether its letters are all as wide, as a typewriter's
 * @param font of most lines
 * @param leading from one base line to the next, in parts of the size
 */
record Body(float size, boolean bold, boolean fixed, String font, float leading) {
    private static final float LEADING = 1.2f;

    /** What follows is set smaller, and may be more than the body itself. */
    static final Pattern REFERENCES = Pattern.compile(
            "(?i)(?:[\\divx.]+\\s+)?(?:references|bibliography|literature cited|literatur|literaturverzeichnis)\\s*:?");

    static Body of(List<PageText> pages) {
        Map<Integer, Integer> sizes = new HashMap<>();
        Map<String, Integer> fonts = new HashMap<>();
        List<Float> leadings = new ArrayList<>();
        boolean references = false;
        int bold = 0;
        int fixed = 0;
        int all = 0;
        for (PageText page : pages) {
            for (List<Line> column : page.columns()) {
                Line before = null;
                for (Line line : column) {
                    if (references) {
                        break;
                    }
                    references = REFERENCES.matcher(line.text()).matches();
                    fonts.merge(line.font(), line.text().length(), Integer::sum);
                    sizes.merge(Math.round(line.size() * 2), line.text().length(), Integer::sum);
                    all += line.text().length();
                    fixed += line.fixed() ? line.text().length() : 0;
                    bold += line.bold() ? line.text().length() : 0;
                    if (before != null && Math.abs(before.size() - line.size()) < 0.3f) {
                        leadings.add((line.y() - before.y()) / line.size());
                    }
                    before = line;
                }
            }
        }
        fonts.remove("");
        String font = fonts.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse("");
        int usual = sizes.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(20);
        Collections.sort(leadings);
        float leading = leadings.isEmpty() ? LEADING : leadings.get(leadings.size() / 2);
        return new Body(usual / 2f, bold * 2 > all, fixed * 2 > all, font, Math.max(0.8f, leading));
    }
}
