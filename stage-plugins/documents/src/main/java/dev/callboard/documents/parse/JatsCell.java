package dev.callboard.documents.parse;

import java.util.ArrayList;
import java.util.List;

/** The text of a table's cell in JATS: in one line, lists and paragraphs in it divided by semicolons. */
final class JatsCell {
    private static final String BETWEEN = "; ";

    private JatsCell() {}

    static String text(XmlElement cell) {
        List<String> parts = new ArrayList<>();
        collect(cell, parts);
        return String.join(BETWEEN, parts);
    }

    private static void collect(XmlElement element, List<String> parts) {
        boolean hasBlocks = element.elements().stream().anyMatch(JatsCell::isBlock);
        if (!hasBlocks) {
            JatsText text = JatsText.of(element);
            if (!text.text().isBlank()) {
                parts.add(text.text().strip());
            }
            text.lifted().forEach(lifted -> collect(lifted, parts));
            return;
        }
        StringBuilder running = new StringBuilder();
        for (XmlNode node : element.nodes()) {
            if (node instanceof XmlElement child && isBlock(child)) {
                flush(running, parts);
                collect(child, parts);
            } else {
                running.append(JatsText.ofNode(node).text());
            }
        }
        flush(running, parts);
    }

    private static void flush(StringBuilder running, List<String> parts) {
        if (!running.toString().isBlank()) {
            parts.add(running.toString().strip());
        }
        running.setLength(0);
    }

    /** A block, or an element that holds one. */
    private static boolean isBlock(XmlElement element) {
        return element.is(
                        "p",
                        "list",
                        "list-item",
                        "def-list",
                        "def-item",
                        "table",
                        "tr",
                        "disp-quote",
                        "boxed-text",
                        "tbody")
                || element.elements().stream().anyMatch(child -> child.is("p", "list", "list-item", "tr"));
    }
}
