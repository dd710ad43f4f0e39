package dev.callboard.office;

import dev.callboard.documents.ir.BlockKind;
import dev.callboard.spi.StageFailure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads Word's main part paragraph by paragraph and table by table, then the notes. Headers, footers and comments are named. */
final class DocxReader {
    private static final String MAIN = "word/document.xml";

    private final OfficeFile file;
    private final Sink sink;
    private final DocxStyles styles;
    private final DocxText text;

    DocxReader(OfficeFile file, Sink sink) throws IOException, StageFailure {
        this.file = file;
        this.sink = sink;
        this.styles = DocxStyles.of(file);
        this.text = new DocxText(sink.document());
    }

    void read() throws IOException, StageFailure, InterruptedException {
        try (XmlPart part = file.open(MAIN)) {
            while (part.next()) {
                switch (part.name()) {
                    case "p" -> paragraph(part.element());
                    case "tbl" -> table(part.element());
                    case "Fallback", "sectPr" -> part.element();
                    default -> {
                        // What stands around paragraphs is gone into.
                    }
                }
            }
        }
        notes();
        for (String name : file.names()) {
            if (name.matches("word/(header|footer)\\d*\\.xml")) {
                leaveOut(name, "a running header or footer");
            } else if (name.equals("word/comments.xml")) {
                leaveOut(name, "remarks of readers");
            }
        }
    }

    private void leaveOut(String name, String reason) throws IOException, StageFailure {
        sink.document().leftOut(name, reason, file.root(name).words("t"));
    }

    private void paragraph(Element paragraph) throws StageFailure, InterruptedException {
        Element properties = paragraph.at("pPr");
        String words = text.of(paragraph);
        int level = styles.headingLevel(properties);
        if (styles.is(properties, "toc \\d+|table of figures")) {
            sink.document().leftOut("toc", "a table of contents", words);
        } else if (styles.is(properties, "title") && !sink.document().hasTitle() && !words.isBlank()) {
            sink.document().title(words);
            sink.block(BlockKind.TITLE, words);
        } else if (level > 0) {
            sink.heading(level, words);
        } else {
            sink.block(kind(paragraph, properties), words);
        }
        for (Element box : text.takeBoxes()) {
            blocks(box);
        }
    }

    private BlockKind kind(Element paragraph, Element properties) {
        boolean formula = paragraph.has("oMathPara")
                && paragraph.children().stream().allMatch(child -> child.name().matches("oMathPara|pPr"));
        if (formula) {
            return BlockKind.FORMULA;
        }
        if (styles.is(properties, "caption")) {
            return BlockKind.CAPTION;
        }
        if (styles.is(properties, "html preformatted|plain text|source code|code")) {
            return BlockKind.CODE;
        }
        return styles.isListItem(properties) ? BlockKind.LIST_ITEM : BlockKind.PARAGRAPH;
    }

    /** The paragraphs and tables in a text box, a cell or a note. */
    private void blocks(Element parent) throws StageFailure, InterruptedException {
        for (Element child : parent.children()) {
            switch (child.name()) {
                case "p" -> paragraph(child);
                case "tbl" -> table(child);
                case "sdt", "sdtContent", "customXml", "ins" -> blocks(child);
                default -> {
                    // Properties.
                }
            }
        }
    }

    /** One of a single column lays out paragraphs; any other is a table. A cell over several rows is repeated in each. */
    private void table(Element table) throws StageFailure, InterruptedException {
        List<Element> rows = table.below("tr");
        if (rows.stream().allMatch(row -> cells(row).size() <= 1)) {
            for (Element row : rows) {
                for (Element cell : cells(row)) {
                    blocks(cell);
                }
            }
            return;
        }
        Rows lines = new Rows();
        Map<Integer, String> above = new HashMap<>();
        for (Element row : rows) {
            List<String> line = new ArrayList<>();
            for (Element cell : cells(row)) {
                Element properties = cell.at("tcPr");
                boolean goesOn = properties.has("vMerge")
                        && !properties.at("vMerge").attribute("val").equals("restart");
                String words = goesOn ? above.getOrDefault(line.size(), "") : words(cell);
                above.put(line.size(), words);
                line.add(words);
                for (int i = properties.at("gridSpan").number("val", 1); i > 1 && line.size() < 1000; i--) {
                    line.add("");
                }
            }
            lines.add(line);
        }
        sink.block(BlockKind.TABLE, lines.toString());
        for (Element box : text.takeBoxes()) {
            blocks(box);
        }
    }

    private static List<Element> cells(Element row) {
        return row.below("tc");
    }

    /** All paragraphs in a cell, those of tables in it too. */
    private String words(Element cell) {
        StringBuilder words = new StringBuilder();
        cell.below("p").forEach(paragraph -> words.append(text.of(paragraph)).append(' '));
        return words.toString();
    }

    private void notes() throws IOException, StageFailure, InterruptedException {
        Map<DocxText.Note, Element> found = new HashMap<>();
        for (String part : List.of("footnotes", "endnotes")) {
            for (Element note : file.root("word/" + part + ".xml").children("footnote", "endnote")) {
                found.put(new DocxText.Note(part, note.attribute("id")), note);
            }
        }
        List<DocxText.Note> referred = List.copyOf(text.notes());
        for (int i = 0; i < referred.size(); i++) {
            Element note = found.get(referred.get(i));
            if (note != null) {
                sink.block(BlockKind.NOTE, "[" + (i + 1) + "] " + words(note));
            }
        }
    }
}
