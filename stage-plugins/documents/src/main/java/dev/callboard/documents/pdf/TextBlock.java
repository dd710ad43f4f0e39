package dev.callboard.documents.pdf;

import dev.callboard.documents.ir.BlockKind;
import java.util.ArrayList;
import java.util.List;

/** Lines that belong together: a paragraph, a heading, an item of a list, a table. */
final class TextBlock {
    final List<Line> lines = new ArrayList<>();
    /** How wide the column is in which it stands: from, to. */
    final float left;

    final float right;
    BlockKind kind = BlockKind.PARAGRAPH;
    String text = "";
    /** Of a heading, from 1. */
    int level;

    TextBlock(float left, float right) {
        this.left = left;
        this.right = right;
    }

    Line first() {
        return lines.get(0);
    }

    Line last() {
        return lines.get(lines.size() - 1);
    }

    int page() {
        return first().page();
    }

    float size() {
        return first().size();
    }

    boolean isBold() {
        return lines.stream().allMatch(Line::bold);
    }

    boolean isItalic() {
        return lines.stream().allMatch(Line::italic);
    }

    /** The font of its first line, if that is in one. */
    String font() {
        return first().font();
    }

    /** Whether its last line goes to the end of the column. */
    boolean endsFull() {
        return last().tail() > right - (right - left) * 0.12f;
    }

    boolean isOpen() {
        return !text.isEmpty() && ".!?”\"".indexOf(text.charAt(text.length() - 1)) < 0;
    }
}
