package dev.callboard.documents.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Finds the documents in a tree: the root itself, or the articles, citations and records of a set that an archive has sent
 * ({@code pmc-articleset}, {@code PubmedArticleSet}, {@code OAI-PMH}, {@code teiCorpus} …).
 */
final class XmlParts {
    private static final int DEEPEST = 8;

    /** All that may stand right below the root of a JATS article; publishers' own formats have something else there too. */
    private static final Set<String> JATS = Set.of(
            "processing-meta",
            "front",
            "front-stub",
            "body",
            "back",
            "floats-group",
            "floats-wrap",
            "sub-article",
            "response");

    private XmlParts() {}

    /**
     * A document.
     *
     * @param element all of it
     * @param reader what reads it
     */
    record Part(XmlElement element, XmlReader reader) {}

    /** At least one. */
    static List<Part> of(XmlElement root) {
        XmlReader reader = readerOf(root);
        if (reader != null) {
            return List.of(new Part(root, reader));
        }
        List<Part> parts = new ArrayList<>();
        collect(root, 1, parts);
        return parts.isEmpty() ? List.of(new Part(root, new GeneralXml())) : parts;
    }

    private static void collect(XmlElement parent, int depth, List<Part> parts) {
        for (XmlElement element : parent.elements()) {
            XmlReader reader = readerOf(element);
            if (reader != null && element.isOpen()) {
                parts.add(new Part(element, reader));
            } else if (depth < DEEPEST) {
                collect(element, depth + 1, parts);
            }
        }
    }

    /** The reader of a vocabulary that is known, or null. */
    private static XmlReader readerOf(XmlElement element) {
        return switch (element.name()) {
            case "article" -> isJats(element) ? new JatsParser() : null;
            case "book", "book-part-wrapper" -> isBits(element) ? new BookReader() : null;
            case "PubmedArticle", "MedlineCitation", "PubmedBookArticle" -> new PubmedReader();
            case "TEI", "TEI.2" -> new TeiReader();
            case "dc" -> element.find("title") == null && element.find("description") == null ? null : new DublinCore();
            default -> null;
        };
    }

    static boolean isJats(XmlElement article) {
        List<XmlElement> children = article.elements();
        boolean front = article.find("front") != null || article.find("front-stub") != null;
        return !children.isEmpty()
                && (front
                        || article.find("body") != null
                        || article.find("back") != null
                        || article.find("sub-article") != null)
                && children.stream().allMatch(child -> JATS.contains(child.name()) || (front && child.is("notes")));
    }

    private static boolean isBits(XmlElement book) {
        return book.find("book-meta") != null
                || book.find("book-body") != null
                || book.find("book-part") != null
                || book.find("front-matter") != null;
    }
}
