package dev.callboard.documents.parse;

import dev.callboard.documents.ir.BlockKind;
import dev.callboard.documents.ir.DocumentBuilder;
import dev.callboard.documents.ir.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads a citation as PubMed sends it: title, abstract with its labels, people, keywords and references. */
final class PubmedReader implements XmlReader {
    /** Languages whose code in libraries (ISO 639-2/B) is not that of the rest of the world. */
    private static final Map<String, String> BIBLIOGRAPHIC = Map.of(
            "ger", "deu", "fre", "fra", "chi", "zho", "dut", "nld", "cze", "ces", "gre", "ell", "rum", "ron", "slo",
            "slk", "per", "fas", "ice", "isl");

    @Override
    public void read(XmlElement citation, Source source, DocumentBuilder document) throws InterruptedException {
        XmlBlocks blocks = new XmlBlocks(document, source);
        document.lang(language(citation.first("Language")));
        XmlElement chapter = citation.first("ArticleTitle");
        XmlElement title = chapter == null || !chapter.isOpen() ? citation.first("BookTitle") : chapter;
        String text = title == null ? "" : XmlInline.of(title);
        document.title(text);
        document.block(null, BlockKind.TITLE, text);
        facts(citation, document);
        references(citation, document);
        for (String name : List.of("Abstract", "OtherAbstract")) {
            for (XmlElement part : all(citation, name)) {
                String section = document.section(null, "Abstract");
                for (XmlElement paragraph : part.elements()) {
                    boolean words = paragraph.is("AbstractText");
                    blocks.read(paragraph, section, words ? BlockKind.ABSTRACT : BlockKind.NOTE);
                }
                blocks.children(part, section, BlockKind.ABSTRACT);
            }
        }
        for (String name :
                List.of("VernacularTitle", "CoiStatement", "GeneralNote", "ConceptList", "CommentsCorrectionsList")) {
            for (XmlElement part : all(citation, name)) {
                blocks.read(part, null, BlockKind.NOTE);
            }
        }
        leaveOut(citation, "/" + citation.name(), document);
    }

    private static void facts(XmlElement citation, DocumentBuilder document) {
        List<String> authors = new ArrayList<>();
        List<String> affiliations = new ArrayList<>();
        for (XmlElement author : all(citation, "Author")) {
            XmlElement group = author.find("CollectiveName");
            String name = group == null
                    ? (plain(author.find("ForeName")) + " " + plain(author.find("LastName")) + " "
                            + plain(author.find("Suffix")))
                    : plain(group);
            authors.add(name.strip());
            all(author, "Affiliation").forEach(place -> affiliations.add(plain(place)));
        }
        authors.removeIf(String::isEmpty);
        document.meta("authors", authors);
        document.meta("affiliations", affiliations.stream().distinct().toList());
        XmlElement journal = citation.first("Journal");
        document.meta("journal", journal == null ? "" : plain(journal.find("Title")));
        document.meta("book", plain(citation.first("BookTitle")));
        document.meta("publisher", plain(citation.first("PublisherName")));
        document.meta("pmid", plain(citation.first("PMID")));
        XmlElement own = citation.first("ArticleIdList");
        for (XmlElement id : all(citation, "ELocationID", "ArticleId")) {
            boolean cited =
                    id.is("ArticleId") && (own == null || !own.elements().contains(id));
            if (!cited && (id.attribute("EIdType") + id.attribute("IdType")).equals("doi")) {
                document.meta("doi", plain(id));
            }
        }
        List<String> keywords = new ArrayList<>();
        all(citation, "Keyword", "DescriptorName").forEach(word -> keywords.add(plain(word)));
        document.meta("keywords", keywords.stream().distinct().toList());
    }

    private static void references(XmlElement citation, DocumentBuilder document) {
        int number = 0;
        for (XmlElement reference : all(citation, "Reference")) {
            number++;
            XmlElement text = reference.find("Citation");
            String doi = "";
            String pmid = "";
            for (XmlElement id : all(reference, "ArticleId")) {
                doi = id.attribute("IdType").equals("doi") ? plain(id) : doi;
                pmid = id.attribute("IdType").equals("pubmed") ? plain(id) : pmid;
            }
            String words = text == null ? "" : plain(text);
            if (!words.isEmpty()) {
                document.reference(new Reference("r" + number, null, null, doi, pmid, null, null, words));
            }
        }
    }

    private static void leaveOut(XmlElement element, String path, DocumentBuilder document) {
        for (XmlNode node : element.nodes()) {
            if (node instanceof XmlText text && text.isOpen()) {
                document.leftOut(path, "a fact of the database about the citation", text.take());
            } else if (node instanceof XmlElement child && child.isOpen()) {
                leaveOut(child, path + "/" + child.name(), document);
            }
        }
    }

    private static String language(XmlElement language) {
        String given = plain(language).toLowerCase(Locale.ROOT);
        String code = BIBLIOGRAPHIC.getOrDefault(given, given);
        for (String two : Locale.getISOLanguages()) {
            if (Locale.forLanguageTag(two).getISO3Language().equals(code)) {
                return two;
            }
        }
        return code;
    }

    private static String plain(XmlElement element) {
        return JatsText.plain(element);
    }

    private static List<XmlElement> all(XmlElement root, String... names) {
        List<XmlElement> found = new ArrayList<>();
        root.eachElement(element -> {
            if (element.is(names)) {
                found.add(element);
            }
        });
        return found;
    }
}
