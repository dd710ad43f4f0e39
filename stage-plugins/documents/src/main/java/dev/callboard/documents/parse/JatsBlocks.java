package dev.callboard.documents.parse;

import dev.callboard.documents.ir.BlockKind;
import dev.callboard.documents.ir.DocumentBuilder;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns the content of a JATS article into sections and blocks. What a {@code p} is depends on the zone that it stands
 * in: a paragraph anywhere in the body, captions and table notes included, but in a list an item of it.
 *
 * <p>Each text is taken once: an element that was read elsewhere is passed over, and one of an unknown name is read like a
 * container or a paragraph, so that a place nobody thought of keeps its text.
 */
final class JatsBlocks {
    private final DocumentBuilder document;
    private final Source source;
    private final JatsLists lists;

    JatsBlocks(DocumentBuilder document, Source source) {
        this.document = document;
        this.source = source;
        this.lists = new JatsLists(document, this);
    }

    /** All abstracts of the front matter, each a section; one without a title is called Abstract. */
    void abstracts(XmlElement meta, String parent) throws InterruptedException {
        for (XmlElement element : meta.elements()) {
            if (element.is("abstract", "trans-abstract")) {
                section(element, parent, JatsZone.ABSTRACT, "Abstract");
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

    /** All that nobody has taken yet, text between elements included. */
    void children(XmlElement parent, String section, JatsZone zone) throws InterruptedException {
        for (XmlNode node : parent.nodes()) {
            if (node instanceof XmlElement element) {
                source.checkCancelled();
                element(element, section, zone);
            } else if (node instanceof XmlText text && text.isOpen()) {
                document.block(section, zone.paragraph(), text.take());
            }
        }
    }

    void element(XmlElement element, String section, JatsZone zone) throws InterruptedException {
        if (!element.isOpen() && !element.is("disp-formula", "inline-formula")) {
            return;
        }
        switch (element.name()) {
            case "sec", "app", "app-group", "book-part", "dedication", "preface", "foreword", "front-matter-part" ->
                section(element, section, zone, "");
            case "ack" -> section(element, section, zone, "Acknowledgments");
            case "fn-group", "notes", "glossary", "bio", "author-notes" -> section(element, section, zone, "Notes");
            case "p" -> running(element, section, zone, zone.paragraph());
            case "list" -> lists.list(element, section, zone);
            case "def-list" -> lists.definitions(element, section, zone);
            case "table-wrap",
                    "fig",
                    "supplementary-material",
                    "boxed-text",
                    "fig-group",
                    "table-wrap-group",
                    "media" -> floating(element, section, zone);
            case "table", "array" -> table(element, section, zone);
            case "fn" -> lists.footnote(element, section, zone);
            case "custom-meta" -> pair(element, section, zone);
            case "preformat", "code" -> running(element, section, zone, BlockKind.CODE);
            case "disp-formula" -> running(element, section, zone, BlockKind.FORMULA);
            case "math", "tex-math" -> formula(element, section);
            case "alternatives" -> alternatives(element, section, zone);
            case "long-desc" -> running(element, section, zone, BlockKind.CAPTION);
            case "ref-list" -> references(element, section, zone);
            case "verse-group" -> lists.verse(element, section, zone);
            case "title", "label" -> running(element, section, zone, BlockKind.CAPTION);
            default -> {
                if (JatsLeftOut.reason(element.name()) == null) {
                    other(element, section, zone);
                }
            }
        }
    }

    /** An unknown element is text when text stands in it, else a container, led by its label and title. */
    private void other(XmlElement element, String section, JatsZone zone) throws InterruptedException {
        if (element.hasOwnText()) {
            running(element, section, zone, zone.paragraph());
        } else {
            document.block(section, BlockKind.CAPTION, heading(element));
            children(element, section, zone);
        }
    }

    /** A section with its heading; without a title of its own and a default one, its content joins the parent. */
    void section(XmlElement element, String parent, JatsZone zone, String untitled) throws InterruptedException {
        if (element.elements().stream().allMatch(child -> !child.isOpen() || child.is("ref-list"))) {
            children(element, parent, zone);
            return;
        }
        String heading = heading(element);
        String title = heading.isEmpty() ? untitled : heading;
        String section = title.isEmpty() ? parent : document.section(parent, title);
        document.block(section, BlockKind.HEADING, heading);
        XmlElement meta = element.find("book-part-meta");
        if (meta != null) {
            abstracts(meta, section);
        }
        children(element, section, zone);
    }

    static String heading(XmlElement element) {
        XmlElement group = element.find("book-part-meta", "title-group");
        XmlElement at = group == null ? element : group;
        String label = JatsText.plain(open(at.find("label")));
        String title = JatsText.plain(open(at.find("title")));
        String both = label.isEmpty() || title.startsWith(label) ? title : (label + " " + title).strip();
        String subtitle = JatsText.plain(open(at.find("subtitle")));
        return both.isEmpty() || subtitle.isEmpty() ? both + subtitle : both + ": " + subtitle;
    }

    private static XmlElement open(XmlElement element) {
        return element != null && element.isOpen() ? element : null;
    }

    private void running(XmlElement element, String section, JatsZone zone, BlockKind kind)
            throws InterruptedException {
        running(JatsText.of(element), "", section, zone, kind);
    }

    void running(JatsText text, String prefix, String section, JatsZone zone, BlockKind kind)
            throws InterruptedException {
        boolean wanted = kind != BlockKind.FORMULA || !text.text().strip().equals(JatsText.PICTURE);
        if (wanted) {
            document.block(section, kind, prefix + text.text(), text.cites());
        }
        for (XmlElement lifted : text.lifted()) {
            element(lifted, section, zone);
        }
    }

    private void formula(XmlElement math, String section) {
        String text = math.is("math") ? MathText.of(math) : JatsText.formula(math);
        document.block(section, BlockKind.FORMULA, text);
    }

    /** One thing in several forms: the first that has words, a table before a picture's; the others are left out. */
    private void alternatives(XmlElement alternatives, String section, JatsZone zone) throws InterruptedException {
        XmlElement chosen = null;
        for (XmlElement form : alternatives.elements()) {
            boolean better = form.isOpen() && JatsLeftOut.reason(form.name()) == null;
            if (better && (chosen == null || (chosen.is("tex-math") && !form.is("textual-form", "graphic")))) {
                chosen = form;
            }
        }
        if (chosen != null) {
            element(chosen, section, zone);
        }
    }

    /** A figure, table or box: label and title first, then what is in it. */
    private void floating(XmlElement element, String section, JatsZone zone) throws InterruptedException {
        XmlElement caption = element.find("caption");
        String label = JatsText.plain(element.find("label")).replaceAll("[.:]$", "");
        String title = JatsText.plain(open(element.find("title")));
        String inCaption = caption == null ? "" : JatsText.plain(caption.find("title"));
        title = (title + " " + inCaption).strip();
        List<XmlElement> paragraphs = new ArrayList<>(caption == null ? List.of() : caption.elements("p"));
        String lead = label.isEmpty() || title.isEmpty() ? label + title : label + ". " + title;
        if (zone == JatsZone.FLOATS && title.isEmpty() && !paragraphs.isEmpty()) {
            running(
                    JatsText.of(paragraphs.get(0)),
                    label.isEmpty() ? "" : label + ". ",
                    section,
                    zone,
                    BlockKind.CAPTION);
        } else {
            document.block(section, BlockKind.CAPTION, lead);
        }
        if (caption != null) {
            children(caption, section, zone);
        }
        children(element, section, zone);
    }

    private void table(XmlElement table, String section, JatsZone zone) throws InterruptedException {
        for (XmlElement part : table.elements()) {
            if (part.is("caption", "title", "label")) {
                running(part, section, zone, BlockKind.CAPTION);
            }
        }
        document.block(section, BlockKind.TABLE, XmlTable.read(table, JatsCell::text));
        children(table, section, zone);
    }

    /** A name and a value, such as the statement on where the data are. */
    private void pair(XmlElement meta, String section, JatsZone zone) throws InterruptedException {
        String name = JatsText.plain(meta.find("meta-name"));
        JatsText value = meta.find("meta-value") == null ? new JatsText() : JatsText.of(meta.find("meta-value"));
        running(value, name.isEmpty() ? "" : name + ": ", section, zone, zone.paragraph());
        children(meta, section, zone);
    }

    /** What stands in a list of references beside them: introductions, notes, sections. */
    private void references(XmlElement list, String section, JatsZone zone) throws InterruptedException {
        boolean more = list.elements().stream()
                .anyMatch(child -> child.isOpen() && !child.is("title", "label", "ref", "ref-list"));
        if (more) {
            section(list, section, zone, "");
        } else {
            for (XmlElement inner : list.elements()) {
                if (!inner.is("title", "label")) {
                    element(inner, section, zone);
                }
            }
        }
    }
}
