package dev.callboard.documents.parse;

import dev.callboard.documents.ir.BlockKind;
import dev.callboard.documents.ir.DocumentBuilder;

/** Reads a book or a part of one in BITS (the Book Interchange Tag Suite), whose text is that of JATS. */
final class BookReader implements XmlReader {
    @Override
    public void read(XmlElement book, Source source, DocumentBuilder document) throws InterruptedException {
        document.lang(book.attribute("lang"));
        XmlElement meta = book.find("book-meta");
        if (meta != null) {
            XmlElement group = meta.find("book-title-group");
            String title = JatsText.plain((group == null ? meta : group).find("book-title"));
            String subtitle = JatsText.plain((group == null ? meta : group).find("subtitle"));
            String whole = title + (subtitle.isEmpty() ? "" : ": " + subtitle);
            document.title(whole);
            document.block(null, BlockKind.TITLE, whole);
            new JatsFront(meta, document).people();
            document.meta("publisher", JatsText.plain(meta.find("publisher", "publisher-name")));
        }
        JatsReferences references = new JatsReferences(document);
        book.each("ref-list", references::read);
        JatsBlocks blocks = new JatsBlocks(document, source);
        if (meta != null) {
            blocks.abstracts(meta, null);
        }
        for (XmlElement part : book.elements()) {
            if (part.is("front-matter", "book-front")) {
                blocks.zone(part, JatsZone.BACK);
            } else if (part.is("book-body", "body")) {
                blocks.zone(part, JatsZone.BODY);
            } else if (part.is("book-part")) {
                blocks.element(part, null, JatsZone.BODY);
            } else if (part.is("book-back", "back")) {
                blocks.zone(part, JatsZone.BACK);
            }
        }
        if (!document.hasTitle()) {
            XmlElement title = book.find("book-part", "book-part-meta", "title-group", "title");
            document.title(title == null ? "" : title.peek());
        }
        new JatsRest(document, blocks, "About this book").read(book);
    }
}
