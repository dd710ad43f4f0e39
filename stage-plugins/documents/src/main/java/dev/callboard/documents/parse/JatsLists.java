package dev.callboard.documents.parse;

import dev.callboard.documents.ir.BlockKind;
import dev.callboard.documents.ir.CleanText;
import dev.callboard.documents.ir.DocumentBuilder;
import java.util.ArrayList;
import java.util.List;

/** What comes in items, each with a label: lists, definitions, footnotes, verse. */
final class JatsLists {
    private final DocumentBuilder document;
    private final JatsBlocks blocks;

    JatsLists(DocumentBuilder document, JatsBlocks blocks) {
        this.document = document;
        this.blocks = blocks;
    }

    void list(XmlElement list, String section, JatsZone zone) throws InterruptedException {
        document.block(section, BlockKind.CAPTION, JatsBlocks.heading(list));
        for (XmlNode node : list.nodes()) {
            if (node instanceof XmlElement item && item.is("list-item")) {
                item(item, section, zone);
            } else if (node instanceof XmlElement element) {
                blocks.element(element, section, zone);
            } else if (node instanceof XmlText text && text.isOpen()) {
                document.block(section, BlockKind.LIST_ITEM, text.take());
            }
        }
    }

    private void item(XmlElement item, String section, JatsZone zone) throws InterruptedException {
        String label = JatsBlocks.heading(item);
        String prefix = label.matches("[\\p{L}\\p{N}(\\[].*") ? label + " " : "";
        if (item.hasOwnText()) {
            blocks.running(JatsText.of(item), prefix, section, zone, BlockKind.LIST_ITEM);
            return;
        }
        for (XmlElement child : item.elements()) {
            if (child.is("p") && child.isOpen()) {
                blocks.running(JatsText.of(child), prefix, section, zone, BlockKind.LIST_ITEM);
                prefix = "";
            } else {
                blocks.element(child, section, zone);
            }
        }
        document.block(section, BlockKind.LIST_ITEM, prefix);
    }

    void definitions(XmlElement list, String section, JatsZone zone) throws InterruptedException {
        document.block(section, BlockKind.CAPTION, JatsBlocks.heading(list));
        for (XmlElement item : list.elements()) {
            if (!item.is("def-item")) {
                blocks.element(item, section, zone);
                continue;
            }
            List<String> terms = new ArrayList<>();
            List<String> meanings = new ArrayList<>();
            List<XmlElement> lifted = new ArrayList<>();
            for (XmlElement part : item.elements()) {
                JatsText text = JatsText.of(part);
                (part.is("def") ? meanings : terms).add(text.text());
                lifted.addAll(text.lifted());
            }
            String term = String.join(" ", terms).strip();
            String meaning = String.join(" ", meanings).strip();
            boolean both = !term.isEmpty() && !meaning.isEmpty();
            document.block(section, BlockKind.LIST_ITEM, term + (both ? ": " : "") + meaning);
            for (XmlElement element : lifted) {
                blocks.element(element, section, zone);
            }
        }
    }

    void footnote(XmlElement note, String section, JatsZone zone) throws InterruptedException {
        String label = JatsBlocks.heading(note);
        String prefix = label.isEmpty() ? "" : label + " ";
        if (note.hasOwnText()) {
            blocks.running(JatsText.of(note), prefix, section, zone, zone.paragraph());
            return;
        }
        for (XmlElement child : note.elements()) {
            if (child.is("p") && child.isOpen()) {
                blocks.running(JatsText.of(child), prefix, section, zone, zone.paragraph());
                prefix = "";
            } else {
                blocks.element(child, section, zone);
            }
        }
        document.block(section, zone.paragraph(), prefix);
    }

    void verse(XmlElement group, String section, JatsZone zone) throws InterruptedException {
        document.block(section, BlockKind.CAPTION, JatsBlocks.heading(group));
        List<String> lines = new ArrayList<>();
        for (XmlElement line : group.elements()) {
            if (line.is("verse-line")) {
                lines.add(JatsText.plain(line));
            }
        }
        document.block(section, zone.paragraph(), String.join(String.valueOf(CleanText.LINE_BREAK), lines));
        blocks.children(group, section, zone);
    }
}
