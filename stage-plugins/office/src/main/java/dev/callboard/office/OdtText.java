package dev.callboard.office;

import dev.callboard.documents.ir.CleanText;
import dev.callboard.documents.ir.DocumentBuilder;
import dev.callboard.documents.ir.Superscript;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The running text of OpenDocument's paragraphs; text boxes and notes are kept aside. */
final class OdtText {
    private static final int MOST_SPACES = 100;

    private final DocumentBuilder document;
    /** Names of styles to 1 for raised text and -1 for lowered. */
    private final Map<String, Integer> positions = new HashMap<>();

    private final List<Element> boxes = new ArrayList<>();
    private final List<Element> notes = new ArrayList<>();

    OdtText(DocumentBuilder document, Element automaticStyles) {
        this.document = document;
        for (Element style : automaticStyles.children("style")) {
            String position = style.at("text-properties").attribute("text-position");
            if (position.matches("(super|[1-9]).*")) {
                positions.put(style.attribute("name"), 1);
            } else if (position.matches("(sub|-[1-9]).*")) {
                positions.put(style.attribute("name"), -1);
            }
        }
    }

    /** The text boxes met since the last call. */
    List<Element> takeBoxes() {
        List<Element> taken = List.copyOf(boxes);
        boxes.clear();
        return taken;
    }

    /** All notes so far: the first is {@code [1]} in the text. */
    List<Element> notes() {
        return notes;
    }

    /** The text of a paragraph. */
    String of(Element paragraph) {
        StringBuilder text = new StringBuilder();
        content(paragraph, text);
        return text.toString();
    }

    private void content(Element parent, StringBuilder text) {
        for (Object part : parent.content()) {
            if (part instanceof Element element) {
                element(element, text);
            } else {
                text.append(part);
            }
        }
    }

    private void element(Element element, StringBuilder text) {
        switch (element.name()) {
            case "s" -> text.append(" ".repeat(Math.max(0, Math.min(MOST_SPACES, element.number("c", 1)))));
            case "tab" -> text.append('\t');
            case "line-break" -> text.append(CleanText.LINE_BREAK);
            case "span" -> span(element, text);
            case "note" -> {
                notes.add(element.at("note-body"));
                text.append('[').append(notes.size()).append(']');
            }
            case "annotation" -> document.leftOut("annotation", "remarks of readers", element.words("p"));
            case "frame", "custom-shape", "rect" -> boxes.add(element);
            case "ruby" -> content(element.at("ruby-base"), text);
            case "soft-page-break", "bookmark", "annotation-end" -> {
                // Marks without text.
            }
            default -> content(element, text);
        }
    }

    private void span(Element span, StringBuilder text) {
        int position = positions.getOrDefault(span.attribute("style-name"), 0);
        if (position == 0) {
            content(span, text);
            return;
        }
        StringBuilder own = new StringBuilder();
        content(span, own);
        text.append(position > 0 ? Superscript.after(text, own.toString()) : Superscript.below(text, own.toString()));
    }
}
