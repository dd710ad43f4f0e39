package dev.callboard.documents.pdf;

import dev.callboard.documents.ir.BlockKind;
import java.util.List;

/** Puts paragraphs together that go on in the next column or on the next page, past figures, tables and notes between. */
final class Joins {
    private static final float SAME_SIZE = 0.6f;
    private static final int FARTHEST = 24;

    private final Hyphens hyphens;

    Joins(Hyphens hyphens) {
        this.hyphens = hyphens;
    }

    /** Changes the list: what was a continuation is gone from it. */
    void join(List<TextBlock> blocks) {
        for (int i = 0; i < blocks.size(); i++) {
            TextBlock block = blocks.get(i);
            int next = block.isOpen() && isText(block) ? next(blocks, i, block) : -1;
            if (next >= 0) {
                TextBlock continuation = blocks.remove(next);
                block.text = hyphens.join(block.text, continuation.text);
                block.lines.addAll(continuation.lines);
                i--;
            }
        }
    }

    private static boolean isText(TextBlock block) {
        return block.kind == BlockKind.PARAGRAPH
                || block.kind == BlockKind.LIST_ITEM
                || block.kind == BlockKind.ABSTRACT;
    }

    private static int next(List<TextBlock> blocks, int from, TextBlock block) {
        for (int i = from + 1; i < blocks.size() && i < from + FARTHEST; i++) {
            TextBlock candidate = blocks.get(i);
            if (candidate.kind == BlockKind.HEADING
                    || candidate.kind == BlockKind.FORMULA
                    || candidate.page() > block.last().page() + 1) {
                return -1;
            }
            if ((candidate.kind == BlockKind.PARAGRAPH || candidate.kind == BlockKind.ABSTRACT)
                    && !isSmaller(candidate, block)) {
                return goesOn(block, candidate, i == from + 1) ? i : -1;
            }
            if (candidate.kind == BlockKind.LIST_ITEM) {
                return -1;
            }
        }
        return -1;
    }

    private static boolean isSmaller(TextBlock candidate, TextBlock block) {
        return candidate.size() < block.size() - SAME_SIZE;
    }

    private static boolean goesOn(TextBlock block, TextBlock next, boolean adjacent) {
        if (Math.abs(next.size() - block.size()) > SAME_SIZE || next.isBold() != block.isBold()) {
            return false;
        }
        boolean elsewhere = next.page() != block.last().page()
                || next.first().y() < block.last().y();
        int first = next.text.codePointAt(0);
        boolean broken = block.text.endsWith("-") || block.text.endsWith("\u00AD") || block.text.endsWith(",");
        boolean begins = Character.isUpperCase(first) || Character.isDigit(first);
        if (!elsewhere) {
            return Character.isLowerCase(first) && block.endsFull() && adjacent;
        }
        return broken || !begins || block.endsFull();
    }
}
