package dev.callboard.documents.parse;

import dev.callboard.documents.ir.Superscript;

/**
 * The running text of an element of unknown vocabulary, whatever its parts are called. What stands in a container is set
 * apart; formatting is not; and two numbers in two elements stay two.
 */
final class XmlInline {
    private XmlInline() {}

    /** All text in an element; it is taken. */
    static String of(XmlElement element) {
        StringBuilder text = new StringBuilder();
        content(element, text, "");
        return text.toString();
    }

    /** Adds what a node says to a text that goes on. */
    static void append(XmlNode node, StringBuilder text) {
        if (node instanceof XmlText characters) {
            text.append(characters.take());
            return;
        }
        XmlElement element = (XmlElement) node;
        if (element.is("math")) {
            text.append(MathText.of(element));
        } else if (element.is("tex-math")) {
            text.append(JatsText.formula(element));
        } else if (element.is("br", "lb", "break")) {
            text.append(' ');
        } else if (XmlNames.isRaised(element)) {
            text.append(Superscript.after(text, of(element)));
        } else if (XmlNames.isLowered(element)) {
            text.append(Superscript.below(text, of(element)));
        } else {
            plain(element, text);
        }
    }

    private static void plain(XmlElement element, StringBuilder text) {
        boolean container = !element.hasOwnText() && !element.elements().isEmpty() && !XmlNames.isInline(element);
        boolean note = XmlNames.isNote(element);
        boolean apart = container || note || joinsWords(element, text);
        text.append(apart ? " " : "");
        content(element, text, container ? " " : "");
        text.append(container || note ? " " : "");
    }

    private static void content(XmlElement element, StringBuilder text, String between) {
        XmlNode before = null;
        for (XmlNode node : element.nodes()) {
            boolean siblings = before instanceof XmlElement && node instanceof XmlElement;
            if (node instanceof XmlElement child && siblings && !XmlNames.isInline(child)) {
                text.append(' ');
            }
            text.append(node instanceof XmlElement ? between : "");
            if (node instanceof XmlText words && before instanceof XmlElement child) {
                boolean apart = !XmlNames.isInline(child) || XmlNames.isLowered(child);
                text.append(apart && Superscript.joinsNumber(text, words.text()) ? " " : "");
            }
            append(node, text);
            text.append(node instanceof XmlElement ? between : "");
            before = node;
        }
    }

    /** A number that ends before an element and one that begins in it are two, unless it is formatting. */
    private static boolean joinsWords(XmlElement element, StringBuilder text) {
        String inside = element.peek();
        return !XmlNames.isInline(element) && Superscript.joinsNumber(text, inside);
    }
}
