package dev.callboard.documents.parse;

import java.util.Objects;

/**
 * Characters between two tags, references resolved. It knows whether a reader has taken it: what nobody took is found in the
 * end and reported, so that no text is lost unseen.
 */
final class XmlText implements XmlNode {
    private final String text;
    private boolean taken;

    /** @param text never empty, white space as in the source */
    XmlText(String text) {
        this.text = Objects.requireNonNull(text, "text is null");
    }

    /** The characters, only looked at. */
    String text() {
        return text;
    }

    /** The characters, for the document. */
    String take() {
        taken = true;
        return text;
    }

    /** Whether it has visible characters that nobody took. */
    boolean isOpen() {
        return !taken && !text.isBlank();
    }

    /** Makes it as if nobody had read it. */
    void reset() {
        taken = false;
    }
}
