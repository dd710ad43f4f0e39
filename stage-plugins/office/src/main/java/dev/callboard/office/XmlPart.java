package dev.callboard.office;

import dev.callboard.spi.StageFailure;
import java.io.InputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** A part of an Office file, read element by element. A document type is refused. */
final class XmlPart implements AutoCloseable {
    private static final int MAX_DEPTH = 256;
    /** In memory at once: a paragraph, a table, a slide, or all of an OpenDocument text. */
    private static final int MAX_ELEMENTS = 500_000;

    private static final int MAX_TEXT = 16_000_000;

    private final OfficeFile file;
    private final XMLStreamReader reader;
    private int depth;
    private int elements;
    private int characters;

    XmlPart(OfficeFile file, InputStream bytes) throws StageFailure {
        this.file = file;
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        try {
            reader = factory.createXMLStreamReader(bytes);
        } catch (XMLStreamException e) {
            throw broken(e);
        }
    }

    /** Goes to the next start of an element; false at the end. */
    boolean next() throws StageFailure {
        try {
            while (reader.hasNext()) {
                int event = reader.next();
                if (event == XMLStreamConstants.DTD) {
                    throw file.unreadable("has a part with a document type, which no Office program writes");
                } else if (event == XMLStreamConstants.END_ELEMENT) {
                    depth--;
                } else if (event == XMLStreamConstants.START_ELEMENT) {
                    deeper();
                    return true;
                }
            }
            return false;
        } catch (XMLStreamException e) {
            throw broken(e);
        }
    }

    private void deeper() throws StageFailure {
        depth++;
        if (depth > MAX_DEPTH) {
            throw file.unreadable("nests elements deeper than " + MAX_DEPTH + " levels");
        }
    }

    /** The name of the element whose start was found last. */
    String name() {
        return reader.getLocalName();
    }

    /** That element with all that is in it; the next one is after its end. */
    Element element() throws StageFailure {
        elements = 0;
        characters = 0;
        return whole();
    }

    private Element whole() throws StageFailure {
        elements++;
        if (elements > MAX_ELEMENTS) {
            throw file.tooLarge();
        }
        try {
            Element element = new Element(reader.getLocalName());
            for (int i = 0; i < reader.getAttributeCount(); i++) {
                element.attribute(attribute(i), reader.getAttributeValue(i));
            }
            while (true) {
                switch (reader.next()) {
                    case XMLStreamConstants.START_ELEMENT -> {
                        deeper();
                        element.add(whole());
                    }
                    case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
                        characters += reader.getTextLength();
                        if (characters > MAX_TEXT) {
                            throw file.tooLarge();
                        }
                        element.add(reader.getText());
                    }
                    case XMLStreamConstants.END_ELEMENT -> {
                        depth--;
                        return element;
                    }
                    default -> {
                        // Comments and processing instructions are no text.
                    }
                }
            }
        } catch (XMLStreamException e) {
            throw broken(e);
        }
    }

    /** The id of a relation shares its local name with others: {@code r:id} beside {@code id}. */
    private String attribute(int at) {
        boolean relation = String.valueOf(reader.getAttributeNamespace(at)).endsWith("/relationships");
        return relation ? "r:" + reader.getAttributeLocalName(at) : reader.getAttributeLocalName(at);
    }

    private StageFailure broken(XMLStreamException e) {
        return e.getNestedException() instanceof OfficeFile.TooLarge
                ? file.tooLarge()
                : file.unreadable("has a part that is not well-formed XML; it is damaged");
    }

    @Override
    public void close() throws StageFailure {
        try {
            reader.close();
        } catch (XMLStreamException e) {
            throw broken(e);
        }
    }
}
