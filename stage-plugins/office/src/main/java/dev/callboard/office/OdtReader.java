package dev.callboard.office;

import dev.callboard.documents.ir.BlockKind;
import dev.callboard.documents.ir.DocumentBuilder;
import dev.callboard.spi.StageFailure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads OpenDocument text (ISO/IEC 26300): headings, paragraphs, lists, tables, then the notes. */
final class OdtReader {
    private static final int MOST_REPEATED = 1000;

    private final OfficeFile file;
    private final Sink sink;
    private final DocumentBuilder document;
    private final Map<String, String> parents = new HashMap<>();
    private OdtText text;

    OdtReader(OfficeFile file, Sink sink) {
        this.file = file;
        this.sink = sink;
        this.document = sink.document();
    }

    void read() throws IOException, StageFailure, InterruptedException {
        Element content = file.root("content.xml");
        Element styles = content.at("automatic-styles");
        text = new OdtText(document, styles);
        for (Element style : styles.children("style")) {
            parents.put(style.attribute("name"), style.attribute("parent-style-name"));
        }
        blocks(content.at("body", "text"), BlockKind.PARAGRAPH);
        List<Element> notes = List.copyOf(text.notes());
        for (int i = 0; i < notes.size(); i++) {
            sink.block(BlockKind.NOTE, "[" + (i + 1) + "] " + words(notes.get(i)));
        }
        Element masters = file.root("styles.xml").at("master-styles");
        for (String name : List.of("header", "footer")) {
            masters.below(name)
                    .forEach(running -> document.leftOut(name, "a running header or footer", running.words("p")));
        }
        meta(file.root("meta.xml").at("meta"));
    }

    /** What the file says of itself; its title, where the text has none. */
    private void meta(Element meta) {
        if (!document.hasTitle()) {
            document.title(meta.at("title").text());
        }
        document.lang(meta.at("language").text().strip());
        String author = meta.at(meta.has("initial-creator") ? "initial-creator" : "creator")
                .text()
                .strip();
        document.meta("authors", author.isEmpty() ? List.of() : List.of(author));
        document.meta("description", meta.at("description").text().strip());
        document.meta(
                "keywords", meta.children("keyword").stream().map(Element::text).toList());
        document.meta("created", meta.at("creation-date").text().strip());
    }

    private void blocks(Element parent, BlockKind kind) throws StageFailure, InterruptedException {
        for (Element child : parent.children()) {
            switch (child.name()) {
                case "h" -> sink.heading(Math.max(1, child.number("outline-level", 1)), text.of(child));
                case "p" -> paragraph(child, kind);
                case "list" -> blocks(child, BlockKind.LIST_ITEM);
                case "table" -> table(child);
                case "tracked-changes" ->
                    document.leftOut("tracked-changes", "deleted in tracked changes", child.words("p"));
                case "table-of-content", "illustration-index", "table-index", "alphabetical-index" ->
                    document.leftOut(
                            child.name(),
                            "a table of contents",
                            child.at("index-body").words("p"));
                case "frame", "custom-shape", "rect" -> box(child);
                case "forms", "sequence-decls", "variable-decls", "user-field-decls" -> {
                    // Declarations.
                }
                default -> blocks(child, kind);
            }
        }
    }

    private void paragraph(Element paragraph, BlockKind kind) throws StageFailure, InterruptedException {
        String style = paragraph.attribute("style-name");
        String named = parents.getOrDefault(style, style);
        String words = text.of(paragraph);
        if (named.equals("Title") && !document.hasTitle() && !words.isBlank()) {
            document.title(words);
            sink.block(BlockKind.TITLE, words);
        } else {
            boolean code = named.equals("Preformatted_20_Text");
            boolean caption = named.matches("Caption|Figure|Table|Illustration");
            sink.block(code ? BlockKind.CODE : caption ? BlockKind.CAPTION : kind, words);
        }
        for (Element box : text.takeBoxes()) {
            box(box);
        }
    }

    /** A drawn shape has paragraphs, a frame a text box with some. */
    private void box(Element box) throws StageFailure, InterruptedException {
        blocks(box.has("text-box") ? box.at("text-box") : box, BlockKind.PARAGRAPH);
    }

    private void table(Element table) throws StageFailure, InterruptedException {
        Rows rows = new Rows();
        for (Element row : table.below("table-row")) {
            List<String> line = new ArrayList<>();
            for (Element cell : row.children("table-cell", "covered-table-cell")) {
                String words = words(cell);
                int times = Math.min(MOST_REPEATED, Math.max(1, cell.number("number-columns-repeated", 1)));
                for (int i = 0; i < times && line.size() < MOST_REPEATED; i++) {
                    line.add(words);
                }
            }
            rows.add(line);
        }
        sink.block(BlockKind.TABLE, rows.toString());
        for (Element box : text.takeBoxes()) {
            box(box);
        }
    }

    private String words(Element parent) {
        StringBuilder words = new StringBuilder();
        for (Element child : parent.children()) {
            words.append(child.name().matches("[ph]") ? text.of(child) : words(child))
                    .append(' ');
        }
        return words.toString();
    }
}
