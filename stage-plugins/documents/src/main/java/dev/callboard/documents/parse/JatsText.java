package dev.callboard.documents.parse;

import dev.callboard.documents.ir.CleanText;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The running text of a JATS element. Citations by raised numbers become {@code [1]}; block elements inside (a list or
 * a figure in a paragraph) are not part of the text but lifted out, to follow it.
 */
final class JatsText {
    private static final Set<String> LIFTED = Set.of(
            "list",
            "def-list",
            "table-wrap",
            "table-wrap-group",
            "fig",
            "fig-group",
            "disp-quote",
            "boxed-text",
            "preformat",
            "supplementary-material",
            "verse-group",
            "fn",
            "disp-formula-group");

    private static final Set<String> SKIPPED = Set.of(
            "graphic",
            "inline-graphic",
            "media",
            "object-id",
            "annotation",
            "annotation-xml",
            "alt-text",
            "long-desc",
            "index-term",
            "target",
            "permissions",
            "processing-instruction",
            "x-comment");

    private final StringBuilder text = new StringBuilder();
    private final List<String> cites = new ArrayList<>();
    private final List<XmlElement> lifted = new ArrayList<>();

    /** Reads an element's content. */
    static JatsText of(XmlElement element) {
        JatsText result = new JatsText();
        result.content(element);
        return result;
    }

    /** The clean text of an element, for titles, names and the like; empty for null. */
    static String plain(XmlElement element) {
        return element == null ? "" : CleanText.inline(of(element).text).replace('\n', ' ');
    }

    String text() {
        return text.toString();
    }

    /** The ids of references that the text points at, in order. */
    List<String> cites() {
        return cites;
    }

    /** Block elements found in the text, in order. */
    List<XmlElement> lifted() {
        return lifted;
    }

    private void content(XmlElement element) {
        element.nodes().forEach(this::node);
    }

    private void node(XmlNode node) {
        if (node instanceof XmlText characters) {
            text.append(characters.text());
        } else if (node instanceof XmlElement element) {
            element(element);
        }
    }

    private void element(XmlElement element) {
        String name = element.name();
        if (LIFTED.contains(name)) {
            lifted.add(element);
        } else if (!SKIPPED.contains(name)) {
            switch (name) {
                case "break" -> text.append(CleanText.LINE_BREAK);
                case "sup" -> raised(element);
                case "xref" -> crossReference(element);
                case "alternatives" -> firstAlternative(element);
                case "tex-math" -> text.append(Tex.body(ownText(element)));
                case "p", "title", "label", "disp-formula" -> setApart(element);
                default -> content(element);
            }
        }
    }

    private void setApart(XmlElement element) {
        text.append(' ');
        content(element);
        text.append(' ');
    }

    private void crossReference(XmlElement xref) {
        if (xref.attribute("ref-type").equals("bibr")) {
            for (String id : xref.attribute("rid").strip().split("\\s+")) {
                if (!id.isEmpty()) {
                    cites.add(id);
                }
            }
        }
        // <xref><sup>1</sup></xref> means the same as <sup><xref>1</xref></sup>.
        XmlElement sup = xref.find("sup");
        boolean raised = sup != null && xref.attribute("ref-type").equals("bibr") && !xref.hasOwnText();
        if (raised) {
            bracketed(plain(sup));
        } else if (xref.attribute("ref-type").equals("table-fn") && plain(xref).matches("\\w.*")) {
            // 39.1c would be another figure than 39.1 with note c.
            bracketed(plain(xref));
        } else {
            content(xref);
        }
    }

    private void raised(XmlElement sup) {
        JatsText inner = of(sup);
        cites.addAll(inner.cites);
        lifted.addAll(inner.lifted);
        if (inner.cites.isEmpty()) {
            text.append(Superscript.of(inner.text()));
        } else {
            bracketed(inner.text().strip());
        }
    }

    private void bracketed(String citation) {
        boolean enclosed = citation.startsWith("[") || citation.startsWith("(");
        text.append(enclosed || citation.isEmpty() ? citation : "[" + citation + "]");
    }

    /** One thing in several forms: the first with text, MathML before TeX. */
    private void firstAlternative(XmlElement alternatives) {
        List<XmlElement> forms = new ArrayList<>(alternatives.elements());
        forms.sort((a, b) -> Boolean.compare(a.is("tex-math"), b.is("tex-math")));
        for (XmlElement form : forms) {
            int before = text.length();
            element(form);
            if (!text.substring(before).isBlank()) {
                return;
            }
            text.setLength(before);
        }
    }

    private static String ownText(XmlElement element) {
        StringBuilder own = new StringBuilder();
        for (XmlNode node : element.nodes()) {
            if (node instanceof XmlText characters) {
                own.append(characters.text());
            }
        }
        return own.toString();
    }
}
