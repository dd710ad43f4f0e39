package dev.callboard.documents.parse;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Tag;

/** Turns trees of XML into pages, and formulas of pages into XML, so that each is read by one reader. */
final class HtmlFromXml {
    private static final Set<String> VOID = Set.of(
            "br", "hr", "img", "input", "meta", "link", "wbr", "col", "area", "base", "embed", "source", "track");

    private HtmlFromXml() {}

    /** A page of what a strict reader has read. */
    static Document page(XmlElement html) {
        Document page = Document.createShell("");
        html.each("head", head -> copy(head, page.head()));
        for (XmlNode node : html.nodes()) {
            if (node instanceof XmlElement element && !element.is("head")) {
                copy(element.is("body") ? element : wrap(element), page.body());
                attributes(element, page.body());
            }
        }
        element(page).attr("lang", html.attribute("lang"));
        return page;
    }

    private static XmlElement wrap(XmlElement element) {
        XmlElement wrapper = new XmlElement("body", Map.of());
        wrapper.add(element);
        return wrapper;
    }

    private static Element element(Document page) {
        return page.child(0);
    }

    private static void copy(XmlElement from, Element to) {
        for (XmlNode node : from.nodes()) {
            if (node instanceof XmlText text) {
                to.appendChild(new TextNode(text.text()));
            } else if (node instanceof XmlElement child) {
                Element element = new Element(tag(child.name()), "");
                attributes(child, element);
                to.appendChild(element);
                copy(child, element);
            }
        }
    }

    private static void attributes(XmlElement from, Element to) {
        for (String name : from.attributeNames()) {
            to.attr(name.toLowerCase(Locale.ROOT), from.attribute(name));
        }
    }

    /** A page of a lenient reader's tree, whose elements do not know that they are HTML's. */
    static Document page(Document tree) {
        Document page = Document.createShell("");
        Element html = tree.selectFirst("html");
        Element root = html == null ? tree : html;
        Element head = root.selectFirst("head");
        Element body = root.selectFirst("body");
        if (head != null) {
            copy(head, page.head());
        }
        copy(body == null ? root : body, page.body());
        element(page).attr("lang", root.attr("lang"));
        return page;
    }

    private static void copy(Element from, Element to) {
        for (Node node : from.childNodes()) {
            if (node instanceof TextNode text) {
                to.appendChild(new TextNode(text.getWholeText()));
            } else if (node instanceof Element child) {
                Element element = new Element(tag(child.normalName()), "");
                child.attributes().forEach(attribute -> element.attr(attribute.getKey(), attribute.getValue()));
                to.appendChild(element);
                // A lenient reader takes all that follows an unclosed <br> for its content.
                copy(child, element.tag().isEmpty() || VOID.contains(child.normalName()) ? to : element);
            }
        }
    }

    private static Tag tag(String name) {
        return Tag.valueOf(name.toLowerCase(Locale.ROOT));
    }

    /** A formula of a page as XML, whose texts are the page's. */
    static XmlElement xml(Element element) {
        Map<String, String> attributes = new LinkedHashMap<>();
        element.attributes().forEach(attribute -> attributes.put(attribute.getKey(), attribute.getValue()));
        String name = element.normalName();
        XmlElement xml = new XmlElement(name.substring(name.indexOf(':') + 1), attributes);
        for (Node node : element.childNodes()) {
            if (node instanceof TextNode text) {
                xml.add(new XmlText(text.getWholeText()));
            } else if (node instanceof Element child) {
                xml.add(xml(child));
            }
        }
        return xml;
    }
}
