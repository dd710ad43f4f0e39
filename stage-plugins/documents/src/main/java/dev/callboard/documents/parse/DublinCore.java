package dev.callboard.documents.parse;

import dev.callboard.documents.ir.BlockKind;
import dev.callboard.documents.ir.DocumentBuilder;
import java.util.ArrayList;
import java.util.List;

/** Reads a record in Dublin Core, as repositories send them by OAI-PMH. Each element is kept under its name. */
final class DublinCore implements XmlReader {
    @Override
    public void read(XmlElement record, Source source, DocumentBuilder document) {
        List<String> titles = texts(record, "title");
        document.title(titles.isEmpty() ? "" : titles.get(0));
        titles.forEach(title -> document.block(null, BlockKind.TITLE, title));
        document.meta("authors", texts(record, "creator"));
        document.meta("keywords", texts(record, "subject"));
        for (String language : texts(record, "language")) {
            document.lang(language.length() == 3 ? "" : language);
        }
        for (String description : texts(record, "description")) {
            document.block(null, BlockKind.ABSTRACT, description);
        }
        for (XmlElement element : record.elements()) {
            if (element.isOpen()) {
                document.block(null, BlockKind.NOTE, element.name() + ": " + XmlInline.of(element));
            }
        }
    }

    private static List<String> texts(XmlElement record, String name) {
        List<String> texts = new ArrayList<>();
        for (XmlElement element : record.elements(name)) {
            String text = JatsText.plain(element);
            if (!text.isEmpty()) {
                texts.add(text);
            }
        }
        return texts;
    }
}
