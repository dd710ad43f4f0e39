package dev.callboard.documents.parse;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Finds the title of a document of unknown vocabulary: never that of a section, a journal or a cited work. */
final class XmlTitle {
    /** Names that mean the document's title wherever they stand, the surest first. */
    private static final List<String> SURE = List.of(
            "article-title",
            "articletitle",
            "atl",
            "invention-title",
            "arttitle",
            "art-title",
            "arttl",
            "doc-title",
            "document-title",
            "doctitle",
            "book-title",
            "maintitle",
            "main-title",
            "b542",
            "b540",
            "ce:title");

    private static final Set<String> LIKELY =
            Set.of("title", "ti", "headline", "hl1", "mainhead", "titlestmt", "dc:title");

    /** What has titles of its own that are not the document's. */
    private static final Set<String> OTHERS = Set.of(
            "sec",
            "section",
            "sect1",
            "chapter",
            "part",
            "appendix",
            "body",
            "bdy",
            "bm",
            "back",
            "art-body",
            "tail",
            "ref",
            "refs",
            "reference",
            "references",
            "bibliography",
            "bib",
            "listbibl",
            "citation",
            "element-citation",
            "mixed-citation",
            "ref-list",
            "fig",
            "figure",
            "table",
            "table-wrap",
            "journal",
            "journal-meta",
            "jrn",
            "series",
            "monogr",
            "source",
            "host",
            "references-cited",
            "us-references-cited",
            "toc",
            "list",
            "item",
            "li",
            "abstract",
            "abs",
            "svg",
            "author",
            "contrib",
            "person");

    private static final Set<String> CITED = Set.of(
            "ref",
            "refs",
            "reference",
            "references",
            "bibliography",
            "bib",
            "listbibl",
            "ref-list",
            "references-cited",
            "us-references-cited",
            "citation",
            "back",
            "bm",
            "tail");

    private XmlTitle() {}

    /** The title, only looked at; empty when nothing is sure to be it. */
    static String of(XmlElement root) {
        for (String name : SURE) {
            XmlElement found = find(root, name);
            if (found != null) {
                return text(found);
            }
        }
        XmlElement likely = null;
        for (int depth = 1; depth <= 6 && likely == null; depth++) {
            likely = atDepth(root, depth);
        }
        return likely == null ? "" : text(likely);
    }

    private static String text(XmlElement element) {
        StringBuilder text = new StringBuilder();
        element.eachText(part -> text.append(part.text()).append(element.hasOwnText() ? "" : " "));
        return text.toString();
    }

    /** A name that is sure, but not that of a cited work. */
    private static XmlElement find(XmlElement parent, String wanted) {
        for (XmlElement element : parent.elements()) {
            String name = element.name().toLowerCase(Locale.ROOT);
            if (wanted.equals(name) && !element.peek().isBlank()) {
                return element;
            }
            XmlElement found = CITED.contains(name) ? null : find(element, wanted);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** The nearer to the root, the more it is the document's own. */
    private static XmlElement atDepth(XmlElement parent, int depth) {
        for (XmlElement element : parent.elements()) {
            String name = element.name().toLowerCase(Locale.ROOT);
            if (depth == 1 && LIKELY.contains(name) && !element.peek().isBlank()) {
                return element;
            }
            XmlElement found = depth == 1 || OTHERS.contains(name) ? null : atDepth(element, depth - 1);
            if (found != null) {
                return found;
            }
        }
        return null;
    }
}
