package dev.callboard.documents.parse;

import dev.callboard.documents.ir.DocumentBuilder;
import dev.callboard.documents.ir.Reference;
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
        XmlElement citation = ref;
        for (XmlElement element : ref.elements()) {
            if (element.is("element-citation", "mixed-citation", "citation", "nlm-citation")) {
                citation = element;
                break;
            }
            if (element.is("citation-alternatives") && !element.elements().isEmpty()) {
                citation = element.elements().get(0);
                break;
            }
        }
        String title = first(citation, "article-title", "chapter-title", "data-title", "part-title");
        String source = first(citation, "source", "conf-name");
        String text = new JatsCitation(citation).text();
        if (!text.isEmpty()) {
            document.reference(new Reference(
                    ref.attribute("id"),
                    JatsText.plain(ref.find("label")).replaceAll("^[\\[(]|[\\])]?\\.?$", ""),
                    title.isEmpty() && !citation.is("mixed-citation") ? source : title,
                    identifier(citation, "doi"),
                    identifier(citation, "pmid"),
                    source,
                    first(citation, "year"),
                    text));
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
