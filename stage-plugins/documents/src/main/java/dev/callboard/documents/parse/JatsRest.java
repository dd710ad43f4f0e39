package dev.callboard.documents.parse;

import dev.callboard.documents.ir.DocumentBuilder;
import java.util.Set;

/**
 * Goes over what no reader has taken of a JATS article or book: what is left out on purpose is named, and all else becomes
 * notes in a last section. After it no text is open.
 */
final class JatsRest {
    /** Parts of the frame, which are no text even when nobody has read anything in them. */
    private static final Set<String> FRAME = Set.of(
            "article",
            "front",
            "front-stub",
            "article-meta",
            "title-group",
            "body",
            "back",
            "sub-article",
            "response",
            "book",
            "book-body",
            "book-back",
            "front-matter",
            "floats-group",
            "floats-wrap");

    private final DocumentBuilder document;
    private final JatsBlocks blocks;
    private final String title;
    private String section;

    /** @param title of the last section */
    JatsRest(DocumentBuilder document, JatsBlocks blocks, String title) {
        this.document = document;
        this.blocks = blocks;
        this.title = title;
    }

    void read(XmlElement root) throws InterruptedException {
        Tex.leaveOut(root, document);
        read(root, "/" + root.name());
    }

    private void read(XmlElement parent, String path) throws InterruptedException {
        for (XmlNode node : parent.nodes()) {
            if (node instanceof XmlText text && text.isOpen()) {
                document.block(section(), JatsZone.BACK.paragraph(), text.take());
            } else if (node instanceof XmlElement element && element.isOpen()) {
                element(element, path + "/" + element.name());
            }
        }
    }

    private void element(XmlElement element, String path) throws InterruptedException {
        String reason = JatsLeftOut.reason(element.name(), path);
        boolean hasWords = element.is(
                        "contrib",
                        "contrib-group",
                        "journal-meta",
                        "book-meta",
                        "book-part-meta",
                        "collection-meta",
                        "ref-list")
                && element.first("bio", "author-comment", "notes", "fn", "p", "abstract") != null;
        if (reason != null && !hasWords) {
            leaveOut(element, path, reason);
        } else if (element.isUntouched() && !FRAME.contains(element.name()) && !hasWords) {
            blocks.element(element, section(), JatsZone.BACK);
        }
        if (element.isOpen()) {
            read(element, path);
        }
    }

    private void leaveOut(XmlElement element, String path, String reason) {
        element.eachText(text -> {
            if (text.isOpen()) {
                document.leftOut(path, reason, text.take());
            }
        });
    }

    private String section() {
        if (section == null) {
            section = document.section(null, title);
        }
        return section;
    }
}
