package dev.callboard.office;

import dev.callboard.documents.ir.CleanText;
import dev.callboard.documents.ir.DocumentBuilder;
import dev.callboard.documents.ir.Superscript;
import java.util.ArrayList;
import java.util.List;

/** The running text of Word's paragraphs, and what stands beside it: text boxes and notes, in the order of their places. */
final class DocxText {
    private final DocumentBuilder document;
    private final List<Element> boxes = new ArrayList<>();
    private final List<Note> notes = new ArrayList<>();

    /**
     * A note that is referred to.
     *
     * @param part {@code footnotes} or {@code endnotes}
     * @param id in that part
     */
    record Note(String part, String id) {}

    DocxText(DocumentBuilder document) {
        this.document = document;
    }

    /** The text boxes met since the last call. */
    List<Element> takeBoxes() {
        List<Element> taken = List.copyOf(boxes);
        boxes.clear();
        return taken;
    }

    /** All notes referred to so far: the first is {@code [1]} in the text. */
    List<Note> notes() {
        return notes;
    }

    /** The text of a paragraph. */
    String of(Element paragraph) {
        StringBuilder text = new StringBuilder();
        content(paragraph, text);
        return text.toString();
    }

    private void content(Element parent, StringBuilder text) {
        for (Element child : parent.children()) {
            switch (child.name()) {
                case "r" -> run(child, text);
                case "hyperlink",
                        "ins",
                        "moveTo",
                        "smartTag",
                        "sdt",
                        "sdtContent",
                        "fldSimple",
                        "customXml",
                        "dir",
                        "bdo" -> content(child, text);
                case "del", "moveFrom" ->
                    document.leftOut(child.name(), "deleted or moved away in tracked changes", child.text());
                case "oMath", "oMathPara" -> formula(child, text);
                case "AlternateContent" -> content(child.at("Choice"), text);
                default -> {
                    // Properties, bookmarks, marks of comments and of spelling.
                }
            }
        }
    }

    private static void formula(Element math, StringBuilder text) {
        List<Element> lines = math.name().equals("oMath") ? List.of(math) : math.children("oMath");
        lines.forEach(line -> text.append(' ').append(OfficeMath.of(line)).append(' '));
    }

    private void run(Element run, StringBuilder text) {
        StringBuilder own = new StringBuilder();
        for (Element part : run.children()) {
            part(part, own);
        }
        Element properties = run.at("rPr");
        if (properties.has("vanish")
                && !properties.at("vanish").attribute("val").matches("0|false|off")) {
            document.leftOut("r", "hidden text", own);
            return;
        }
        switch (properties.at("vertAlign").attribute("val")) {
            case "superscript" -> text.append(Superscript.after(text, own.toString()));
            case "subscript" -> text.append(Superscript.below(text, own.toString()));
            default -> text.append(own);
        }
    }

    private void part(Element part, StringBuilder text) {
        switch (part.name()) {
            case "t" -> text.append(part.text());
            case "tab", "ptab" -> text.append('\t');
            case "br", "cr" -> text.append(part.attribute("type").isEmpty() ? CleanText.LINE_BREAK : ' ');
            case "noBreakHyphen" -> text.append('\u2011');
            case "sym" -> symbol(part, text);
            case "footnoteReference" -> note("footnotes", part, text);
            case "endnoteReference" -> note("endnotes", part, text);
            case "drawing", "pict", "object" -> boxes.addAll(part.below("txbxContent"));
            case "AlternateContent" -> boxes.addAll(part.at("Choice").below("txbxContent"));
            case "ruby" -> content(part.at("rubyBase"), text);
            default -> {
                // Codes of fields, marks of pages and comments.
            }
        }
    }

    private void note(String part, Element reference, StringBuilder text) {
        notes.add(new Note(part, reference.attribute("id")));
        text.append('[').append(notes.size()).append(']');
    }

    /** A sign of a font that has its own numbers for signs: which character it is, nobody says. */
    private void symbol(Element symbol, StringBuilder text) {
        String hex = symbol.attribute("char");
        int point = hex.matches("[0-9A-Fa-f]{1,5}") ? Integer.parseInt(hex, 16) : 0;
        if (point > ' ' && Character.getType(point) != Character.PRIVATE_USE && Character.isDefined(point)) {
            text.appendCodePoint(point);
        } else {
            document.leftOut("sym", "a sign of the font " + symbol.attribute("font"), "x");
        }
    }
}
