package dev.callboard.documents.pdf;

import dev.callboard.documents.ir.BlockKind;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The title of a document: what the file says when its first page says so too, else the largest text of that page. */
final class Title {
    private static final int LONGEST = 400;
    private static final int SHORTEST = 4;
    private static final float LARGER = 1.15f;

    /** What programs write there when nobody gave a title. */
    private static final Pattern NO_TITLE = Pattern.compile(
            "(?i)untitled.*|microsoft word.*|.*\\.(?:docx?|dvi|indd|tex|pdf|qxd|rtf|fm|pptx?|ps|eps)|document\\d*|title|.*[\\\\/].*|\\W*");

    private Title() {}

    /** Marks the title's block, if there is one, and gives the title; possibly empty. */
    static String find(List<TextBlock> blocks, Body body, String given) {
        String wanted = letters(given);
        TextBlock largest = null;
        for (TextBlock block : blocks) {
            if (block.page() != blocks.get(0).page()) {
                break;
            }
            boolean text = block.kind == BlockKind.HEADING || block.kind == BlockKind.PARAGRAPH;
            if (text && wanted.length() > SHORTEST && letters(block.text).equals(wanted)) {
                block.kind = BlockKind.TITLE;
                return block.text;
            }
            boolean candidate = text
                    && block.text.length() >= SHORTEST
                    && block.text.length() <= LONGEST
                    && block.text.codePoints().filter(Character::isLetter).count() >= SHORTEST
                    && block.size() > body.size() * LARGER
                    && !isUsual(block.text);
            if (candidate && (largest == null || block.size() > largest.size() + 0.4f)) {
                largest = block;
            }
        }
        if (largest != null) {
            largest.kind = BlockKind.TITLE;
            return largest.text;
        }
        return isTitle(given) ? given : "";
    }

    private static boolean isUsual(String text) {
        return text.toLowerCase(Locale.ROOT)
                .matches("(abstract|introduction|open access|contents|table of contents|review|research article)");
    }

    private static boolean isTitle(String given) {
        return given.strip().length() >= SHORTEST
                && !NO_TITLE.matcher(given.strip()).matches();
    }

    private static String letters(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
    }
}
