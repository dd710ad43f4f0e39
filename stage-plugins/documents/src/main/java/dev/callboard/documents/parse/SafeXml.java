package dev.callboard.documents.parse;

import dev.callboard.spi.StageFailure;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The one place where XML is read. No DTD is processed, so no entity is ever expanded and no file or address opened;
 * depth and number of nodes are limited.
 *
 * <p>Real files name characters by entities that only their DTD declares: {@link XmlEntities} puts these in before. With
 * DTDs off, and only when references are not replaced, the JDK's reader reports any other reference instead of failing, and
 * it is refused by name.
 */
final class SafeXml {
    private static final int MAX_NODES = 4_000_000;
    private static final int CANCEL_CHECK = 10_000;

    private final Source source;
    private final Deque<XmlElement> open = new ArrayDeque<>();
    private final StringBuilder text = new StringBuilder();
    private XmlElement root;
    private int nodes;

    private SafeXml(Source source) {
        this.source = source;
    }

    /** A factory of readers that expand nothing and open nothing. */
    private static XMLInputFactory factory() {
        // Not newInstance(): that takes whatever implementation a class path happens to hold.
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLInputFactory.IS_VALIDATING, false);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("External entities are not read: " + systemId);
        });
        return factory;
    }

    /**
     * Reads a whole document. Its charset: see {@link XmlSource}.
     *
     * @return the root element
     */
    static XmlElement read(Source source) throws StageFailure, InterruptedException {
        return new SafeXml(source).read(XmlSource.of(source));
    }

    private XmlElement read(String xml) throws StageFailure, InterruptedException {
        try {
            XMLStreamReader reader = factory().createXMLStreamReader(new StringReader(xml));
            while (reader.hasNext()) {
                take(reader, reader.next());
            }
        } catch (XMLStreamException e) {
            throw source.unreadable("is not well-formed XML: " + reason(e));
        }
        if (root == null) {
            throw source.unreadable("is not well-formed XML: it has no root element");
        }
        return root;
    }

    private void take(XMLStreamReader reader, int event) throws StageFailure, InterruptedException {
        switch (event) {
            case XMLStreamConstants.START_ELEMENT -> start(reader);
            case XMLStreamConstants.END_ELEMENT -> {
                flushText();
                open.pop();
            }
            case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
                text.append(reader.getTextCharacters(), reader.getTextStart(), reader.getTextLength());
            case XMLStreamConstants.ENTITY_REFERENCE -> text.append(character(reader.getLocalName()));
            default -> {
                // Comments, processing instructions and the DOCTYPE say nothing about the text.
            }
        }
    }

    private void start(XMLStreamReader reader) throws StageFailure, InterruptedException {
        flushText();
        countNode();
        if (open.size() >= source.maxDepth()) {
            throw source.unreadable("nests elements deeper than " + source.maxDepth() + " levels");
        }
        Map<String, String> attributes = new LinkedHashMap<>();
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            attributes.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
        }
        XmlElement element = new XmlElement(reader.getLocalName(), attributes);
        if (open.isEmpty()) {
            root = element;
        } else {
            open.peek().add(element);
        }
        open.push(element);
    }

    private void flushText() throws StageFailure, InterruptedException {
        if (!text.isEmpty() && !open.isEmpty()) {
            countNode();
            open.peek().add(new XmlText(text.toString()));
        }
        text.setLength(0);
    }

    private void countNode() throws StageFailure, InterruptedException {
        nodes++;
        if (nodes > MAX_NODES) {
            throw source.unreadable("has more than " + MAX_NODES + " elements and texts");
        }
        if (nodes % CANCEL_CHECK == 0) {
            source.checkCancelled();
        }
    }

    private String character(String entity) throws StageFailure {
        String meaning = XmlEntities.named(entity);
        if (meaning.isEmpty()) {
            String shown = entity.substring(0, Math.min(40, entity.length()));
            throw source.unreadable(
                    "uses the entity &" + shown + ";, which only a DTD could define, and DTDs are not" + " read");
        }
        return meaning;
    }

    /** The reader's own words with line and column, without its prefix, in one line. */
    private static String reason(XMLStreamException e) {
        String message = String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
        int start = message.indexOf("Message: ");
        String words = start < 0 ? message : message.substring(start + "Message: ".length());
        String shown = words.replaceAll("[.\\s]+$", "");
        return e.getLocation() == null || e.getLocation().getLineNumber() < 1
                ? shown
                : shown + " (line " + e.getLocation().getLineNumber() + ", column "
                        + e.getLocation().getColumnNumber() + ")";
    }
}
