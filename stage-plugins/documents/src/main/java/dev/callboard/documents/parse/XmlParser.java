package dev.callboard.documents.parse;

import dev.callboard.documents.ir.BlockKind;
import dev.callboard.documents.ir.DocumentBuilder;
import dev.callboard.spi.StageFailure;
import java.util.Set;

/**
 * Reads XML of unknown vocabulary by its shape: an element in which text stands is a paragraph with all that is inside
 * it, an element of elements is a container, and a container that begins with a title is a section.
 */
final class XmlParser implements DocumentParser {
    private static final Set<String> TITLES = Set.of("title", "head", "heading");

    @Override
    public void parse(Source source, DocumentBuilder document) throws StageFailure, InterruptedException {
        XmlElement root = SafeXml.read(source);
        document.lang(root.attribute("lang"));
        document.meta("root_element", root.name());
        if (root.hasOwnText()) {
            document.block(null, BlockKind.PARAGRAPH, whole(root));
        } else {
            children(root, null, source, document);
        }
        if (!document.hasTitle()) {
            root.each("title", title -> {
                if (!document.hasTitle()) {
                    document.title(whole(title));
                }
            });
        }
    }

    private static void children(XmlElement parent, String section, Source source, DocumentBuilder document)
            throws InterruptedException {
        for (XmlElement element : parent.elements()) {
            source.checkCancelled();
            if (isTitle(element)) {
                document.block(section, BlockKind.HEADING, whole(element));
            } else if (element.hasOwnText()) {
                document.block(section, BlockKind.PARAGRAPH, whole(element));
            } else {
                children(element, sectionOf(element, section, document), source, document);
            }
        }
    }

    private static String sectionOf(XmlElement element, String parent, DocumentBuilder document) {
        for (XmlElement child : element.elements()) {
            if (isTitle(child)) {
                return document.section(parent, whole(child));
            }
        }
        return parent;
    }

    private static boolean isTitle(XmlElement element) {
        return TITLES.contains(element.name()) && element.hasOwnText();
    }

    /** All text in an element, whatever its parts are called; what stands in a container inside it is set apart. */
    private static String whole(XmlElement element) {
        StringBuilder text = new StringBuilder();
        append(element, text, "");
        return text.toString();
    }

    private static void append(XmlElement element, StringBuilder text, String between) {
        for (XmlNode node : element.nodes()) {
            if (node instanceof XmlText characters) {
                text.append(characters.text());
            } else if (node instanceof XmlElement child) {
                boolean container = !child.hasOwnText() && !child.elements().isEmpty();
                text.append(between);
                append(child, text, container ? " " : "");
                text.append(container ? " " : between);
            }
        }
    }
}
