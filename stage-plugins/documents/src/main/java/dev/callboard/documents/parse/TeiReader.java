package dev.callboard.documents.parse;

import dev.callboard.documents.ir.BlockKind;
import dev.callboard.documents.ir.CleanText;
import dev.callboard.documents.ir.DocumentBuilder;
import dev.callboard.documents.ir.Reference;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads TEI, editions and what GROBID makes of papers alike: title and people of the header, abstract, text by its shape, and
 * {@code listBibl} as references.
 */
final class TeiReader implements XmlReader {
    @Override
    public void read(XmlElement tei, Source source, DocumentBuilder document) throws InterruptedException {
        document.lang(tei.attribute("lang"));
        XmlElement header = tei.find("teiHeader");
        XmlBlocks blocks = new XmlBlocks(document, source);
        if (header != null) {
            header(header, document);
            XmlElement summary = header.first("abstract");
            if (summary != null) {
                String section = document.section(null, "Abstract");
                blocks.children(summary, section, BlockKind.ABSTRACT);
            }
        }
        for (XmlElement part : tei.elements()) {
            if (!part.is("teiHeader")) {
                part.each("listBibl", list -> list.elements().forEach(work -> reference(work, document)));
                blocks.children(part, null, BlockKind.PARAGRAPH);
            }
        }
        if (header != null) {
            leaveOut(header, "/" + tei.name() + "/teiHeader", document);
        }
    }

    private static void header(XmlElement header, DocumentBuilder document) {
        XmlElement statement = header.find("fileDesc", "titleStmt");
        String title = statement == null ? "" : titles(statement);
        document.title(title);
        document.block(null, BlockKind.TITLE, title);
        List<String> authors = new ArrayList<>();
        header.each("author", author -> {
            XmlElement person = author.first("persName");
            String name = person == null && author.hasOwnText() ? XmlInline.of(author) : name(person);
            if (!name.isBlank() && !authors.contains(CleanText.inline(name))) {
                authors.add(CleanText.inline(name));
            }
        });
        document.meta("authors", authors);
        header.each("title", element -> {
            if (element.attribute("level").equals("j")) {
                document.meta("journal", JatsText.plain(element));
            }
        });
        document.meta("publisher", JatsText.plain(header.first("publisher")));
        header.each("idno", id -> {
            if (id.attribute("type").equalsIgnoreCase("doi")) {
                document.meta("doi", JatsText.plain(id));
            }
        });
        List<String> keywords = new ArrayList<>();
        header.each("keywords", list -> list.each("term", term -> keywords.add(JatsText.plain(term))));
        document.meta("keywords", keywords);
    }

    private static String titles(XmlElement statement) {
        List<String> titles = new ArrayList<>();
        for (XmlElement title : statement.elements("title")) {
            String text = JatsText.plain(title);
            if (!text.isEmpty()) {
                titles.add(title.attribute("type").equals("main") ? 0 : titles.size(), text);
            }
        }
        return String.join(": ", titles);
    }

    /** First names before the last, whatever their order in the file. */
    private static String name(XmlElement person) {
        if (person == null) {
            return "";
        }
        List<String> names = new ArrayList<>();
        person.each("forename", forename -> names.add(JatsText.plain(forename)));
        person.each("surname", surname -> names.add(JatsText.plain(surname)));
        return names.isEmpty() ? XmlInline.of(person) : String.join(" ", names);
    }

    private static void reference(XmlElement work, DocumentBuilder document) {
        if (!work.is("biblStruct", "bibl", "biblFull") || !work.isOpen()) {
            return;
        }
        String title = "";
        String source = "";
        for (XmlElement element : List.copyOf(titlesIn(work))) {
            boolean whole = element.attribute("level").matches("[jms]");
            source = whole && source.isEmpty() ? element.peek() : source;
            title = !whole && title.isEmpty() ? element.peek() : title;
        }
        String doi = "";
        for (XmlElement id : all(work, "idno")) {
            doi = id.attribute("type").equalsIgnoreCase("doi") ? id.peek().strip() : doi;
        }
        XmlElement date = work.first("date");
        String year = date == null ? "" : date.attribute("when").isEmpty() ? date.peek() : date.attribute("when");
        String label = work.attribute("n");
        document.reference(new Reference(
                work.attribute("id"),
                label,
                CleanText.inline(title.isEmpty() ? source : title),
                doi,
                null,
                CleanText.inline(source),
                CleanText.inline(year),
                CleanText.inline(words(work)).replace('\n', ' ')));
    }

    /** The citation in one line: each part with a space around it. */
    private static String words(XmlElement work) {
        StringBuilder text = new StringBuilder();
        boolean running = work.hasOwnText();
        work.eachText(part -> text.append(part.take()).append(running ? "" : " "));
        return text.toString();
    }

    private static List<XmlElement> titlesIn(XmlElement work) {
        return all(work, "title");
    }

    private static List<XmlElement> all(XmlElement root, String name) {
        List<XmlElement> found = new ArrayList<>();
        root.each(name, found::add);
        return found;
    }

    private static void leaveOut(XmlElement element, String path, DocumentBuilder document) {
        for (XmlNode node : element.nodes()) {
            if (node instanceof XmlText text && text.isOpen()) {
                document.leftOut(path, "a fact of the header about the file and its source", text.take());
            } else if (node instanceof XmlElement child && child.isOpen()) {
                leaveOut(child, path + "/" + child.name(), document);
            }
        }
    }
}
