package dev.callboard.documents.pdf;

import dev.callboard.documents.ir.BlockKind;
import dev.callboard.documents.ir.DocumentBuilder;
import java.util.List;

/** Writes the blocks into the document, with a section for each heading. */
final class Writer {
    private static final int DEEPEST = 12;

    private final DocumentBuilder document;
    private final Citations citations;
    private final String[] open = new String[DEEPEST + 1];
    private String section;

    Writer(DocumentBuilder document, Citations citations) {
        this.document = document;
        this.citations = citations;
    }

    void write(List<TextBlock> blocks) {
        for (TextBlock block : blocks) {
            document.atPage(block.page());
            if (block.kind == BlockKind.HEADING) {
                open(Math.max(1, Math.min(block.level, DEEPEST)), block.text);
            }
            String within = block.kind == BlockKind.TITLE ? null : section;
            document.block(within, block.kind, block.text, citations.in(block.text));
        }
        document.atPage(0);
    }

    private void open(int level, String title) {
        String parent = null;
        for (int i = 1; i < level; i++) {
            parent = open[i] == null ? parent : open[i];
        }
        for (int i = level; i < open.length; i++) {
            open[i] = null;
        }
        section = document.section(parent, title);
        open[level] = section;
    }
}
