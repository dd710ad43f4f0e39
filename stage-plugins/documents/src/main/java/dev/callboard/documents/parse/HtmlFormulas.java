package dev.callboard.documents.parse;

import dev.callboard.documents.ir.DocumentBuilder;
import java.util.Locale;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;

/** Formulas as pages have them: MathML that is hidden behind a picture, drawn text with the source beside it, pictures alone. */
final class HtmlFormulas {
    private HtmlFormulas() {}

    /** Leaves one form of each formula in the page, the one that can be read, where the formula stands. */
    static void prepare(Element page, DocumentBuilder document) {
        for (Element math : page.select("math")) {
            Element hidden = outermostHidden(math);
            if (hidden != null) {
                hidden.replaceWith(math);
            }
            math.select("annotation, annotation-xml").forEach(element -> {
                document.leftOut("annotation", "another notation of a formula that is kept", element.text());
                element.remove();
            });
            drop(math.parent(), "img.mwe-math-fallback-image-inline, img.mwe-math-fallback-image-display", document);
        }
        for (Element source : page.select("script[type^=math/]")) {
            if (source.attr("type").startsWith("math/tex")) {
                for (Element before = source.previousElementSibling();
                        before != null && before.className().matches(".*(?i)(mathjax|mjx).*");
                        before = source.previousElementSibling()) {
                    document.leftOut(
                            "." + before.className().split(" ")[0], "the drawn form of a formula", before.text());
                    before.remove();
                }
                source.replaceWith(new TextNode(" " + Tex.body(source.data()) + " "));
            }
        }
        for (Element drawn : page.select(".katex")) {
            if (drawn.selectFirst("math") != null) {
                drop(drawn, ".katex-html", document);
            }
        }
    }

    private static void drop(Element parent, String selector, DocumentBuilder document) {
        if (parent != null) {
            for (Element element : parent.select(selector)) {
                document.leftOut(selector.split(",")[0], "the drawn form of a formula", element.text());
                element.remove();
            }
        }
    }

    /** The element around a formula that hides it and holds nothing else, or null. */
    private static Element outermostHidden(Element math) {
        Element found = null;
        for (Element at = math.parent(); at != null && at.select("math").size() == 1; at = at.parent()) {
            boolean alone = at.text().strip().equals(math.text().strip());
            if (alone && HtmlNoise.isHidden(at)) {
                found = at;
            }
        }
        return found;
    }

    /** The words that stand for a picture of a formula; empty for other pictures, whose words are as often a file's name. */
    static String ofPicture(Element picture) {
        String alt = picture.attr("alt").strip();
        String about = (picture.className() + " " + picture.attr("src")).toLowerCase(Locale.ROOT);
        boolean named = about.matches(
                "(?s).*(\\b|[_/-])(math|tex|latex|mathtex|formula|equation|eqn|mimetex|mathml)(\\b|[_/.-]|\\d).*"
                        + "|(?s).*(mwe-math|wp-katex|latex\\.php|codecogs|/math/).*");
        boolean tex = alt.matches("(?s).*(\\\\[A-Za-z]+|[A-Za-z0-9}]\\s*[\\^_]\\s*[{A-Za-z0-9]|^\\$.*\\$$).*");
        if (picture.attr("aria-hidden").equals("true")
                && picture.parent() != null
                && picture.parent().selectFirst("math") != null) {
            return "";
        }
        if (!alt.isEmpty() && (named || tex)) {
            return " " + alt + " ";
        }
        return named ? " " + JatsText.PICTURE + " " : "";
    }
}
