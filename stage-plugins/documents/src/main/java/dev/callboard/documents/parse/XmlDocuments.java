package dev.callboard.documents.parse;

import dev.callboard.documents.charset.TextSize;
import dev.callboard.documents.ingest.MediaTypes;
import dev.callboard.documents.ir.CleanText;
import dev.callboard.documents.ir.DocumentBuilder;
import dev.callboard.spi.Plural;
import dev.callboard.spi.StageFailure;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads XML of any vocabulary. What it is, and how many documents it holds, is told from the whole tree ({@link XmlParts}). A
 * reader that leaves most of the text behind has misjudged it: the document is read again by its shape alone.
 */
final class XmlDocuments {
    /** A document that has less than this share of what it could have is read again. */
    private static final double HALF = 0.5;

    /** One that leaves out nearly everything on purpose, too. */
    private static final double TOO_LITTLE = 0.1;

    private final Source source;

    XmlDocuments(Source source) {
        this.source = source;
    }

    List<DocumentBuilder> read() throws StageFailure, InterruptedException {
        source.checkLength(TextSize.ofXml(source.bytes(), XmlSource.label(source.bytes())));
        XmlElement root = SafeXml.read(source);
        source.checkLength(characters(root));
        List<XmlParts.Part> parts = XmlParts.of(root);
        List<DocumentBuilder> documents = new ArrayList<>();
        for (XmlParts.Part part : parts) {
            documents.add(read(part, documents.size() + 1));
        }
        envelope(root, "/" + root.name(), documents.get(0));
        return documents;
    }

    private DocumentBuilder read(XmlParts.Part part, int number) throws InterruptedException {
        long all = characters(part.element());
        Source typed = source.as(part.reader() instanceof JatsParser ? MediaTypes.JATS : MediaTypes.XML);
        DocumentBuilder document = typed.newDocument(number);
        document.sourceCharacters(all);
        part.reader().read(part.element(), typed, document);
        long kept = document.characters();
        boolean lost = kept < (all - document.charactersLeftOut()) * HALF || kept < all * TOO_LITTLE;
        if (lost && !(part.reader() instanceof GeneralXml)) {
            part.element().eachText(XmlText::reset);
            Source general = source.as(MediaTypes.XML);
            DocumentBuilder again = general.newDocument(number);
            again.sourceCharacters(all);
            new GeneralXml().read(part.element(), general, again);
            if (again.characters() > kept) {
                source.log("is read as XML of an unknown kind: read as what it looks like, only " + kept + " of "
                        + Plural.of(all, "character") + " were found");
                again.meta("read_as", "general XML");
                return again;
            }
        }
        return document;
    }

    private static long characters(XmlElement element) {
        long[] count = {0};
        element.eachText(text -> count[0] += CleanText.length(text.text()));
        return count[0];
    }

    /** What stands around the documents of a set; and, should a reader forget something, that, so that it is said. */
    private static void envelope(XmlElement element, String path, DocumentBuilder document) {
        for (XmlNode node : element.nodes()) {
            if (node instanceof XmlText text && text.isOpen()) {
                document.leftOut(path, "around the document, not part of it", text.take());
            } else if (node instanceof XmlElement child && child.isOpen()) {
                envelope(child, path + "/" + child.name(), document);
            }
        }
    }
}
