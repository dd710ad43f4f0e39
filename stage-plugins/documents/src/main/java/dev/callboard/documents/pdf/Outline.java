package dev.callboard.documents.pdf;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDOutlineItem;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDOutlineNode;

/** The bookmarks of a file: which lines are headings, and of what level. */
final class Outline {
    private static final int MOST = 20_000;
    private static final int DEEPEST = 20;

    private final Map<String, Integer> levels = new HashMap<>();
    private final Set<COSDictionary> seen = new HashSet<>();
    private int count;

    static Outline of(PDDocument document) {
        Outline outline = new Outline();
        PDOutlineNode root = document.getDocumentCatalog().getDocumentOutline();
        if (root != null) {
            outline.read(root, 1);
        }
        return outline;
    }

    private void read(PDOutlineNode node, int level) {
        if (level > DEEPEST) {
            return;
        }
        PDOutlineItem item = node.getFirstChild();
        while (item != null && seen.add(item.getCOSObject()) && seen.size() < MOST) {
            String title = item.getTitle();
            if (title != null && !form(title).isEmpty()) {
                count++;
                levels.putIfAbsent(form(title), level);
            }
            read(item, level + 1);
            item = item.getNextSibling();
        }
    }

    int size() {
        return count;
    }

    /** The level of a heading, from 1; 0 when the outline does not have it. */
    int level(String text) {
        String form = form(text);
        return form.isEmpty() ? 0 : levels.getOrDefault(form, levels.getOrDefault(form.replaceFirst("^[0-9]+", ""), 0));
    }

    /** Letters and digits alone: numbers and spaces of a heading may be written otherwise. */
    private static String form(String title) {
        return title.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
    }
}
