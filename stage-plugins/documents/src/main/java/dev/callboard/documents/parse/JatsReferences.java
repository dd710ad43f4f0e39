package dev.callboard.documents.parse;

import dev.callboard.documents.ir.CleanText;
import dev.callboard.documents.ir.DocumentBuilder;
import dev.callboard.documents.ir.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The cited works of a JATS article, in the order of its reference lists. */
final class JatsReferences {
    private final DocumentBuilder document;

    JatsReferences(DocumentBuilder document) {
        this.document = document;
    }

    /** Reads the {@code ref} elements right below a {@code ref-list}. */
    void read(XmlElement list) {
        list.elements("ref").forEach(this::reference);
    }

    private void reference(XmlElement ref) {
        List<XmlElement> citations = citations(ref);
        XmlElement first = citations.get(0);
        String title = first(first, "article-title", "chapter-title", "data-title", "part-title");
        String source = first(first, "source", "conf-name");
        String label = JatsText.plain(ref.find("label")).replaceAll("^[\\[(]|[\\])]?\\.?$", "");
        String doi = identifier(first, "doi");
        String pmid = identifier(first, "pmid");
        StringBuilder text = new StringBuilder();
        for (XmlElement citation : citations) {
            append(text, new JatsCitation(citation).text());
        }
        rest(ref, text);
        if (text.isEmpty()) {
            // A reference that is nothing but its label.
            text.append(label);
        }
        if (!text.isEmpty()) {
            document.reference(new Reference(
                    ref.attribute("id"),
                    label,
                    title.isEmpty() && !first.is("mixed-citation") ? source : title,
                    doi,
                    pmid,
                    source,
                    first(first, "year"),
                    text.toString()));
        }
    }

    /** All works cited under one label, of each its first form; at least one element. */
    private static List<XmlElement> citations(XmlElement ref) {
        List<XmlElement> citations = new ArrayList<>();
        for (XmlElement element : ref.elements()) {
            if (element.is("element-citation", "mixed-citation", "citation", "nlm-citation", "product")) {
                citations.add(element);
            } else if (element.is("citation-alternatives")
                    && !element.elements().isEmpty()) {
                citations.add(element.elements().get(0));
            }
        }
        return citations.isEmpty() ? List.of(ref) : citations;
    }

    /** What no citation has taken: numbers, places, notes. */
    private static void rest(XmlElement element, StringBuilder text) {
        if (element.is("citation-alternatives", "alternatives")) {
            return;
        }
        for (XmlNode node : element.nodes()) {
            if (node instanceof XmlText open && open.isOpen()) {
                String type = element.attribute("pub-id-type");
                append(
                        text,
                        (type.isEmpty() ? "" : type + ": ")
                                + CleanText.inline(open.take()).replace('\n', ' '));
            } else if (node instanceof XmlElement child) {
                rest(child, text);
            }
        }
    }

    private static void append(StringBuilder text, String more) {
        if (!more.isBlank()) {
            text.append(text.isEmpty() ? "" : " ").append(more);
        }
    }

    private static String first(XmlElement citation, String... names) {
        for (String name : names) {
            String text = JatsText.plain(citation.find(name));
            if (!text.isEmpty()) {
                return text;
            }
        }
        return "";
    }

    private static String identifier(XmlElement citation, String type) {
        for (XmlElement id : citation.elements("pub-id")) {
            if (id.attribute("pub-id-type").equals(type)) {
                return bare(JatsText.plain(id));
            }
        }
        if (type.equals("doi")) {
            for (XmlElement link : citation.elements("ext-link")) {
                String address = link.attribute("href");
                if (address.contains("doi.org/10.")) {
                    return bare(address);
                }
            }
        }
        return "";
    }

    private static String bare(String identifier) {
        String lower = identifier.toLowerCase(Locale.ROOT);
        int resolver = lower.indexOf("doi.org/");
        if (resolver >= 0) {
            return identifier.substring(resolver + "doi.org/".length());
        }
        return lower.startsWith("doi:") ? identifier.substring(4).strip() : identifier;
    }
}
