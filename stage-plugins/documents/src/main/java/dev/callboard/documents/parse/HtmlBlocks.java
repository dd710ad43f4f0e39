package dev.callboard.documents.parse;

import dev.callboard.documents.ir.BlockKind;
import dev.callboard.documents.ir.DocumentBuilder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;

/**
 * Turns HTML elements into sections and blocks. Headings open sections by their level, whatever element they stand in;
 * text between block elements is a paragraph, or what its nearest block element makes it.
 */
final class HtmlBlocks {
    private final DocumentBuilder document;
    private final Source source;
    private final HtmlText text;
    private final StringBuilder pending = new StringBuilder();
    private final Deque<Heading> open = new ArrayDeque<>();

    /** A heading whose section is open. */
    private record Heading(int level, String section) {}

    HtmlBlocks(DocumentBuilder document, Source source, HtmlText text) {
        this.document = document;
        this.source = source;
        this.text = text;
    }

    /** Reads all of an element. */
    void read(Element root) throws InterruptedException {
        children(root, BlockKind.PARAGRAPH);
        flush(BlockKind.PARAGRAPH);
    }

    private void children(Element parent, BlockKind kind) throws InterruptedException {
        for (Node node : parent.childNodes()) {
            if (node instanceof TextNode words && text.isOpen(words)) {
                text.append(words, pending);
            } else if (node instanceof Element element) {
                element(element, kind);
            }
        }
    }

    private void element(Element element, BlockKind kind) throws InterruptedException {
        source.checkCancelled();
        switch (element.normalName()) {
            case "h1", "h2", "h3", "h4", "h5", "h6" -> heading(element, kind);
            case "br", "sup", "sub", "math", "img", "wbr" -> text.append(element, pending);
            case "li", "dd", "dt" -> block(element, kind, BlockKind.LIST_ITEM);
            case "figcaption", "caption" -> block(element, kind, BlockKind.CAPTION);
            case "p" -> block(element, kind, kind);
            case "pre", "xmp", "listing", "plaintext" -> {
                flush(kind);
                document.block(section(), BlockKind.CODE, text.whole(element));
            }
            case "table" -> table(element, kind);
            case "td", "th" -> {
                pending.append(' ');
                children(element, kind);
                pending.append(' ');
            }
            default -> {
                if (isBlock(element)) {
                    block(element, kind, kindOf(element, kind));
                } else {
                    children(element, kind);
                }
            }
        }
    }

    /** A question and its choices are set apart on a page, whatever jsoup's table says. */
    private static boolean isBlock(Element element) {
        return element.isBlock() || element.normalName().matches("summary|legend|optgroup|option");
    }

    /** A remark about the page, or the words under a picture, where the markup says so. */
    private static BlockKind kindOf(Element element, BlockKind around) {
        if (element.attr("role").equals("note")) {
            return BlockKind.NOTE;
        }
        return element.hasClass("thumbcaption") || element.hasClass("wp-caption-text") ? BlockKind.CAPTION : around;
    }

    /** What stood before belongs to the element around; what is inside, and not in a block of its own, to this one. */
    private void block(Element element, BlockKind around, BlockKind inside) throws InterruptedException {
        flush(around);
        children(element, inside);
        flush(inside);
    }

    private void flush(BlockKind kind) {
        if (!pending.isEmpty()) {
            document.block(section(), kind, pending);
            pending.setLength(0);
        }
    }

    private void heading(Element element, BlockKind kind) {
        flush(kind);
        String title = text.of(element);
        if (title.isBlank()) {
            return;
        }
        int level = element.normalName().charAt(1) - '0';
        while (!open.isEmpty() && open.peek().level >= level) {
            open.pop();
        }
        open.push(new Heading(level, document.section(section(), title)));
        document.block(section(), BlockKind.HEADING, title);
    }

    private String section() {
        return open.isEmpty() ? null : open.peek().section;
    }

    /** A table of data becomes one block; one that lays out other blocks is walked through like any element. */
    private void table(Element table, BlockKind kind) throws InterruptedException {
        flush(kind);
        boolean layout = table.attr("role").equals("presentation")
                || !table.select("td table, td h1, td h2, td h3, td pre, td p + p")
                        .isEmpty();
        if (layout) {
            block(table, kind, BlockKind.PARAGRAPH);
            return;
        }
        for (Element caption : table.select("> caption")) {
            document.block(section(), BlockKind.CAPTION, text.of(caption));
        }
        document.block(section(), BlockKind.TABLE, rows(table));
        text.rest(table, section(), document);
    }

    private String rows(Element table) {
        TableText rows = new TableText();
        Element part = null;
        for (Element row : table.select("tr")) {
            if (part != null && part != row.parent()) {
                rows.endOfPart();
            }
            part = row.parent();
            List<TableText.Cell> cells = new ArrayList<>();
            for (Element cell : row.select("> td, > th")) {
                int high = XmlTable.number(cell.attr("rowspan"), 1);
                cells.add(new TableText.Cell(text.of(cell), high, XmlTable.number(cell.attr("colspan"), 1), -1));
            }
            rows.row(cells);
        }
        return rows.toString();
    }
}
