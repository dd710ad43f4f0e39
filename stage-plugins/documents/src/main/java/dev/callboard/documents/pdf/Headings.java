package dev.callboard.documents.pdf;

import dev.callboard.documents.ir.BlockKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Tells headings from paragraphs by what sets them apart from the body: size, weight, capitals, a number, the outline. */
final class Headings {
    private static final float LARGER = 1.07f;
    private static final int LONGEST = 220;
    private static final int LONGEST_BOLD = 140;
    private static final int MOST_LINES = 4;
    private static final int LONGEST_LABEL = 30;
    private static final float MUCH_LARGER = 1.2f;
    private static final int LONGEST_ABSTRACT = 3000;
    static final Pattern NUMBER = Pattern.compile("^((?:\\d{1,2}|[A-Z])(?:\\.\\d{1,2})*)\\.?\\s+\\p{Lu}.*");
    private static final Pattern ROMAN = Pattern.compile("^[IVX]{1,5}\\.\\s+\\p{Lu}.*");
    private static final Pattern NOTE_MARK =
            Pattern.compile("^(?:[\u2070-\u2079\u00B9\u00B2\u00B3*†‡§¶©\\^]|\\d{1,2}\\s).*");
    private static final Set<String> USUAL = Set.of(
            "abstract",
            "summary",
            "keywords",
            "introduction",
            "background",
            "methods",
            "materials and methods",
            "results",
            "discussion",
            "results and discussion",
            "conclusion",
            "conclusions",
            "acknowledgements",
            "acknowledgments",
            "acknowledgement",
            "references",
            "bibliography",
            "appendix",
            "competing interests",
            "authors' contributions",
            "abbreviations");

    private final Body body;
    private final Outline outline;

    Headings(Body body, Outline outline) {
        this.body = body;
        this.outline = outline;
    }

    /** Sets the kinds and levels of blocks. */
    void mark(List<TextBlock> blocks) {
        for (int i = 0; i < blocks.size(); i++) {
            TextBlock block = blocks.get(i);
            TextBlock next = i + 1 < blocks.size() ? blocks.get(i + 1) : null;
            if (isHeading(block) || (isShort(block) && isSetApart(block, next))) {
                block.kind = BlockKind.HEADING;
            } else if (isNote(block)) {
                block.kind = BlockKind.NOTE;
            }
        }
        unmarkLabels(blocks);
        List<TextBlock> headings = new ArrayList<>(blocks);
        headings.removeIf(block -> block.kind != BlockKind.HEADING);
        HeadingLevels.set(headings, outline);
        abstracts(blocks);
    }

    /** Words in drawings look like headings, but what follows them is another such word. */
    private void unmarkLabels(List<TextBlock> blocks) {
        for (int i = blocks.size() - 2; i >= 0; i--) {
            TextBlock block = blocks.get(i);
            TextBlock next = blocks.get(i + 1);
            boolean label =
                    next.kind == BlockKind.PARAGRAPH && next.lines.size() == 1 && next.text.length() < LONGEST_LABEL;
            if (block.kind == BlockKind.HEADING
                    && label
                    && block.size() < body.size() * MUCH_LARGER
                    && block.page() == next.page()
                    && !isCertain(block)) {
                block.kind = BlockKind.PARAGRAPH;
            }
        }
    }

    /**
     * Names, places and dates between the title and the first heading that is one for certain are set larger too.
     *
     * @param blocks with the title marked
     */
    void unmarkAuthors(List<TextBlock> blocks) {
        int title = 0;
        while (title < blocks.size() && blocks.get(title).kind != BlockKind.TITLE) {
            title++;
        }
        int first = title + 1;
        while (first < blocks.size()
                && !(blocks.get(first).kind == BlockKind.HEADING && isCertain(blocks.get(first)))) {
            first++;
        }
        if (first < blocks.size()
                && blocks.get(first).page() == blocks.get(title).page()) {
            for (TextBlock block : blocks.subList(0, first)) {
                block.kind = block.kind == BlockKind.HEADING ? BlockKind.PARAGRAPH : block.kind;
            }
        }
    }

    private boolean isCertain(TextBlock block) {
        return outline.level(block.text) > 0
                || isUsual(block.text)
                || NUMBER.matcher(block.text).matches()
                || ROMAN.matcher(block.text).matches();
    }

    /** Whether a line is what papers call their parts, such as {@code METHODS} or {@code 2. Methods}. */
    static boolean isUsual(String line) {
        return USUAL.contains(words(line));
    }

    private static String words(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("^[\\divx.\\s]+(?=\\p{L})|[:.\\s]+$", "");
    }

    private boolean isShort(TextBlock block) {
        return block.kind == BlockKind.PARAGRAPH
                && block.lines.size() == 1
                && block.text.length() < 80
                && Character.isUpperCase(block.text.codePointAt(0))
                && ".,;:)".indexOf(block.text.charAt(block.text.length() - 1)) < 0
                && block.last().tail() < block.right - (block.right - block.left) * 0.05f;
    }

    /** A short line in another font than the body, right above text in the body's. */
    private boolean isSetApart(TextBlock block, TextBlock next) {
        return next != null
                && next.kind == BlockKind.PARAGRAPH
                && next.font().equals(body.font())
                && next.text.length() > LONGEST_BOLD
                && next.page() == block.page()
                && next.first().y() > block.last().y()
                && next.first().y() - block.last().y() < body.size() * 3
                && block.size() > body.size() * 0.94f
                && !block.font().isEmpty()
                && !block.font().equals(body.font());
    }

    private boolean isHeading(TextBlock block) {
        if ((block.kind != BlockKind.PARAGRAPH && block.kind != BlockKind.LIST_ITEM)
                || block.text.length() > LONGEST
                || block.lines.size() > MOST_LINES
                || block.text.codePoints().filter(Character::isLetter).count() < 2) {
            return false;
        }
        if (outline.level(block.text) > 0) {
            return true;
        }
        if (block.text.contains(" … ")) {
            return false;
        }
        if (Character.isLowerCase(block.text.codePointAt(0))) {
            return false;
        }
        boolean numbered = NUMBER.matcher(block.text).matches()
                || ROMAN.matcher(block.text).matches();
        if (block.kind == BlockKind.LIST_ITEM && !numbered) {
            return false;
        }
        char last = block.text.charAt(block.text.length() - 1);
        boolean sentence = last == '.' || last == ',' || last == ';';
        if (!numbered && block.lines.stream().anyMatch(Line::isRow)) {
            return false;
        }
        if (!numbered && !Character.isLetter(block.text.codePointAt(0))) {
            return false;
        }
        if (block.size() > body.size() * LARGER) {
            return !sentence || block.size() > body.size() * 1.25f || numbered;
        }
        if (block.size() < body.size() * 0.9f && !block.isBold()) {
            return false;
        }
        boolean concise = block.text.length() <= LONGEST_BOLD && !sentence;
        boolean usual = isUsual(block.text) && block.lines.size() == 1;
        boolean capitals = block.text.equals(block.text.toUpperCase(Locale.ROOT))
                && block.text.codePoints().filter(Character::isLetter).count() > 4
                && block.lines.size() <= 2;
        boolean apart = block.last().tail() < block.right - (block.right - block.left) * 0.05f;
        return concise
                && (usual
                        || (block.isBold() && !body.bold())
                        || (capitals && apart)
                        || (block.isItalic() && isShort(block) && block.text.indexOf(' ') > 0));
    }

    private boolean isNote(TextBlock block) {
        boolean text = block.kind == BlockKind.PARAGRAPH || block.text.startsWith("*");
        return text
                && block.size() < body.size() * 0.92f
                && NOTE_MARK.matcher(block.text).matches();
    }

    private static void abstracts(List<TextBlock> blocks) {
        boolean inside = false;
        int length = 0;
        int page = 0;
        for (TextBlock block : blocks) {
            String start = block.text.toLowerCase(Locale.ROOT);
            length += block.text.length();
            if (block.kind == BlockKind.HEADING) {
                inside = start.matches("(abstract|summary)\\W*");
                length = 0;
                page = block.page();
            } else if (length > LONGEST_ABSTRACT || block.page() != page) {
                inside = false;
            }
            if (block.kind == BlockKind.PARAGRAPH && (inside || start.matches("(?s)abstract\\s*[:.—–-].*"))) {
                block.kind = BlockKind.ABSTRACT;
            }
        }
    }
}
