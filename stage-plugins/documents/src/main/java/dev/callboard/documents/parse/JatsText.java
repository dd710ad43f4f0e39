package dev.callboard.documents.parse;

import dev.callboard.documents.ir.CleanText;
import dev.callboard.documents.ir.Superscript;
import java.util.ArrayList;
import java.util.Comparator;
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
            "table",
            "fig",
            "fig-group",
            "disp-quote",
            "boxed-text",
            "preformat",
            "supplementary-material",
            "verse-group",
            "fn",
            "fn-group",
            "statement",
            "speech",
            "sec",
            "ref-list",
            "question",
            "question-wrap",
            "answer",
            "answer-set",
            "explanation",
            "disp-formula-group");

    /** Not part of running text: read elsewhere, or named among what is left out ({@link JatsLeftOut}). */
    private static final Set<String> SKIPPED = Set.of(
            "graphic",
            "media",
            "object-id",
            "annotation",
            "annotation-xml",
            "alt-text",
            "long-desc",
            "index-term",
            "index-term-range-end",
            "target",
            "permissions",
            "processing-instruction",
            "x-comment");

    /** Stands where a formula is a picture without words: a sentence without it would say something else. */
    static final String PICTURE = "[formula]";

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

    /** Reads one node. */
    static JatsText ofNode(XmlNode node) {
        JatsText result = new JatsText();
        if (node instanceof XmlElement element) {
            result.element(element);
        } else {
            result.node(node);
        }
        return result;
    }

    /** The formula of a {@code tex-math} element. */
    static String formula(XmlElement tex) {
        return Tex.body(ownText(tex));
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
        boolean lowered = false;
        for (XmlNode node : element.nodes()) {
            // k with a lowered 12, times 3, is not k123.
            boolean joins = lowered && node instanceof XmlText words && Superscript.joinsNumber(text, words.text());
            text.append(joins ? " " : "");
            node(node);
            lowered = node instanceof XmlElement child && child.is("sub");
        }
    }

    private void node(XmlNode node) {
        if (node instanceof XmlText characters) {
            text.append(characters.take());
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
                case "sub" -> lowered(element);
                case "math" -> text.append(MathText.of(element));
                case "inline-formula", "chem-struct" -> formula(element, true);
                case "xref" -> crossReference(element);
                case "inline-graphic", "inline-media" -> text.append(plain(element.first("alt-text")));
                case "alternatives" -> firstAlternative(element);
                case "tex-math" -> text.append(formula(element));
                case "disp-formula" -> formula(element, false);
                case "p", "title", "label", "trans-title", "def", "sig-block", "attrib" -> setApart(element);
                default -> content(element);
            }
        }
    }

    private void setApart(XmlElement element) {
        text.append(' ');
        content(element);
        text.append(' ');
    }

    /** A formula; one that is only a picture is read by the words that stand for the picture, or marked. */
    private void formula(XmlElement formula, boolean inline) {
        if (!inline) {
            text.append(' ');
        }
        int before = text.length();
        content(formula);
        XmlElement label = formula.find("label");
        String written = text.substring(before).strip();
        if (written.isEmpty() || (label != null && written.equals(label.peek().strip()))) {
            XmlElement alt = formula.first("alt-text");
            String words = alt == null ? formula.attribute("alttext") : plain(alt);
            boolean picture = formula.first("graphic", "inline-graphic", "media") != null;
            text.append(written.isEmpty() ? "" : " ").append(words.isBlank() && picture ? PICTURE : words);
        }
        if (!inline) {
            text.append(' ');
        }
    }

    private void lowered(XmlElement sub) {
        JatsText inner = of(sub);
        cites.addAll(inner.cites);
        lifted.addAll(inner.lifted);
        text.append(Superscript.below(text, inner.text()));
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
            text.append(Superscript.after(text, inner.text()));
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
        forms.sort(Comparator.comparingInt(
                form -> form.is("inline-graphic", "inline-media") ? 2 : form.is("tex-math") ? 1 : 0));
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
                own.append(characters.take());
            }
        }
        return own.toString();
    }
}
