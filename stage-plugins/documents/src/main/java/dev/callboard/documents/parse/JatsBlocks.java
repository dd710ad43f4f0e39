package dev.callboard.documents.parse;

import dev.callboard.documents.ir.BlockKind;
import dev.callboard.documents.ir.CleanText;
import dev.callboard.documents.ir.DocumentBuilder;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns the content of a JATS article into sections and blocks. What a {@code p} is depends on the zone that it stands
 * in: a paragraph anywhere in the body, captions and table notes included, but in a list an item of it.
 */
final class JatsBlocks {
    private final DocumentBuilder document;
    private final Source source;

    JatsBlocks(DocumentBuilder document, Source source) {
        this.document = document;
        this.source = source;
    }

    /** All abstracts of the front matter, each a section; one without a title is called Abstract. */
    void abstracts(XmlElement meta) throws InterruptedException {
        for (XmlElement element : meta.elements()) {
            if (element.is("abstract", "trans-abstract")
                    && !element.attribute("abstract-type").equals("graphical")) {
                section(element, null, JatsZone.ABSTRACT, "Abstract");
            }
        }
    }

    /** Everything in an element that may be absent. */
    void zone(XmlElement element, JatsZone zone) throws InterruptedException {
        zone(element, zone, null);
    }

    /** Everything in an element that may be absent, inside a section. */
    void zone(XmlElement element, JatsZone zone, String section) throws InterruptedException {
        if (element != null) {
            children(element, section, zone);
        }
    }

    private void children(XmlElement parent, String section, JatsZone zone) throws InterruptedException {
        for (XmlElement element : parent.elements()) {
            source.checkCancelled();
            element(element, section, zone);
        }
    }

    private void element(XmlElement element, String section, JatsZone zone) throws InterruptedException {
        switch (element.name()) {
            case "sec", "app" -> section(element, section, zone, "");
            case "ack" -> section(element, section, zone, "Acknowledgments");
            case "fn-group", "notes", "glossary", "bio" -> section(element, section, zone, "Notes");
            case "p" -> running(element, section, zone, zone.paragraph());
            case "list" -> list(element, section, zone);
            case "def-list" -> definitions(element, section);
            case "table-wrap", "fig", "supplementary-material", "boxed-text" -> floating(element, section, zone);
            case "table" -> document.block(section, BlockKind.TABLE, table(element));
            case "fn" -> footnote(element, section, zone);
            case "preformat", "code" ->
                document.block(section, BlockKind.CODE, JatsText.of(element).text());
            case "disp-formula" -> running(element, section, zone, BlockKind.FORMULA);
            case "verse-group" -> verse(element, section, zone);
            case "title", "label", "ref-list", "graphic", "media", "object-id", "permissions" -> {
                // Read where their parents are, or nothing to read.
            }
            default -> other(element, section, zone);
        }
    }

    /** An unknown element is text when text stands in it, else a container. */
    private void other(XmlElement element, String section, JatsZone zone) throws InterruptedException {
        if (element.hasOwnText()) {
            running(element, section, zone, zone.paragraph());
        } else {
            children(element, section, zone);
        }
    }

    /** A section with its heading; without a title of its own and a default one, its content joins the parent. */
    private void section(XmlElement element, String parent, JatsZone zone, String untitled)
            throws InterruptedException {
        if (element.elements().stream().allMatch(child -> child.is("title", "label", "ref-list"))) {
            return;
        }
        String heading = heading(element);
        String title = heading.isEmpty() ? untitled : heading;
        String section = title.isEmpty() ? parent : document.section(parent, title);
        document.block(section, BlockKind.HEADING, heading);
        children(element, section, zone);
    }

    private static String heading(XmlElement element) {
        String label = JatsText.plain(element.find("label"));
        String title = JatsText.plain(element.find("title"));
        return (label.isEmpty() || title.startsWith(label) ? title : label + " " + title).strip();
    }

    private void running(XmlElement element, String section, JatsZone zone, BlockKind kind)
            throws InterruptedException {
        JatsText text = JatsText.of(element);
        document.block(section, kind, text.text(), text.cites());
        for (XmlElement lifted : text.lifted()) {
            element(lifted, section, zone);
        }
    }

    private void list(XmlElement list, String section, JatsZone zone) throws InterruptedException {
        document.block(section, BlockKind.CAPTION, JatsText.plain(list.find("title")));
        for (XmlElement item : list.elements("list-item")) {
            String label = JatsText.plain(item.find("label"));
            for (XmlElement child : item.elements()) {
                if (child.is("p")) {
                    JatsText text = JatsText.of(child);
                    String prefix = label.matches("\\w.*") ? label + " " : "";
                    document.block(section, BlockKind.LIST_ITEM, prefix + text.text(), text.cites());
                    label = "";
                    for (XmlElement lifted : text.lifted()) {
                        element(lifted, section, zone);
                    }
                } else {
                    element(child, section, zone);
                }
            }
            if (item.hasOwnText()) {
                document.block(section, BlockKind.LIST_ITEM, JatsText.of(item).text());
            }
        }
    }

    private void definitions(XmlElement list, String section) {
        document.block(section, BlockKind.CAPTION, JatsText.plain(list.find("title")));
        for (XmlElement item : list.elements("def-item")) {
            List<String> meanings = new ArrayList<>();
            item.elements("def").forEach(definition -> meanings.add(JatsText.plain(definition)));
            String term = JatsText.plain(item.find("term"));
            document.block(section, BlockKind.LIST_ITEM, term + ": " + String.join(" ", meanings));
        }
    }

    /** A figure, table or box: label and title first, then what is in it. */
    private void floating(XmlElement element, String section, JatsZone zone) throws InterruptedException {
        XmlElement caption = element.find("caption");
        String label = JatsText.plain(element.find("label")).replaceAll("[.:]$", "");
        String title = JatsText.plain(caption == null ? element.find("title") : caption.find("title"));
        List<XmlElement> paragraphs = new ArrayList<>(caption == null ? List.of() : caption.elements("p"));
        String lead = label.isEmpty() || title.isEmpty() ? label + title : label + ". " + title;
        if (zone == JatsZone.FLOATS && title.isEmpty() && !paragraphs.isEmpty()) {
            JatsText first = JatsText.of(paragraphs.remove(0));
            document.block(
                    section, BlockKind.CAPTION, (label.isEmpty() ? "" : label + ". ") + first.text(), first.cites());
        } else {
            document.block(section, BlockKind.CAPTION, lead);
        }
        for (XmlElement paragraph : paragraphs) {
            running(paragraph, section, zone, zone.paragraph());
        }
        for (XmlElement child : element.elements()) {
            if (child.is("alternatives")) {
                children(child, section, zone);
            } else if (!child.is("caption")) {
                element(child, section, zone);
            }
        }
    }

    private void footnote(XmlElement note, String section, JatsZone zone) throws InterruptedException {
        String label = JatsText.plain(note.find("label"));
        for (XmlElement child : note.elements()) {
            if (child.is("p")) {
                JatsText text = JatsText.of(child);
                document.block(
                        section,
                        zone.paragraph(),
                        label.isEmpty() ? text.text() : label + " " + text.text(),
                        text.cites());
                label = "";
            } else {
                element(child, section, zone);
            }
        }
    }

    private void verse(XmlElement group, String section, JatsZone zone) throws InterruptedException {
        List<String> lines = new ArrayList<>();
        for (XmlElement line : group.elements()) {
            if (line.is("verse-line")) {
                lines.add(JatsText.plain(line));
            } else {
                element(line, section, zone);
            }
        }
        document.block(section, zone.paragraph(), String.join(String.valueOf(CleanText.LINE_BREAK), lines));
    }

    private static String table(XmlElement table) {
        TableText text = new TableText();
        table.each("tr", row -> {
            List<String> cells = new ArrayList<>();
            for (XmlElement cell : row.elements()) {
                cells.add(JatsText.of(cell).text());
            }
            text.row(cells);
        });
        return text.toString();
    }
}
