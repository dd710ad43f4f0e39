package dev.callboard.documents.extract.dictionary;

import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * A dictionary as SKOS in RDF/XML: the labels right below any element with {@code rdf:about} or {@code rdf:ID}. No DTD is read, no
 * entity expanded, no address opened.
 */
final class SkosXmlDictionary {
    private static final String RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    private static final int MAX_DEPTH = 256;

    /** An element that is open: the concept that it describes, or empty; its language. */
    private record Open(String concept, String lang) {}

    private final SkosConcepts concepts = new SkosConcepts();
    private final Deque<Open> open = new ArrayDeque<>();

    static void read(String xml, Entries entries) throws UnreadableDictionary {
        SkosXmlDictionary dictionary = new SkosXmlDictionary();
        try {
            XMLStreamReader reader = factory().createXMLStreamReader(new StringReader(xml));
            while (reader.hasNext()) {
                dictionary.take(reader, reader.next());
            }
        } catch (XMLStreamException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNumber();
            throw new UnreadableDictionary(
                    "is not well-formed XML without a DTD" + (line > 0 ? ", see line " + line : ""));
        }
        dictionary.concepts.addTo(entries);
    }

    private static XMLInputFactory factory() {
        // Not newInstance(): that takes whatever implementation a class path happens to hold.
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("External entities are not read: " + systemId);
        });
        return factory;
    }

    private void take(XMLStreamReader reader, int event) throws XMLStreamException, UnreadableDictionary {
        if (event == XMLStreamConstants.START_ELEMENT) {
            String lang = reader.getAttributeValue(XMLConstants.XML_NS_URI, "lang");
            Open around = open.peek();
            String own = lang != null ? lang : around == null ? "" : around.lang();
            if (around != null
                    && !around.concept().isEmpty()
                    && SkosConcepts.SKOS.equals(reader.getNamespaceURI())
                    && reader.getLocalName().endsWith("Label")) {
                String property = reader.getLocalName();
                concepts.add(around.concept(), property, words(reader), own);
                return;
            }
            if (open.size() >= MAX_DEPTH) {
                throw new UnreadableDictionary("nests elements deeper than " + MAX_DEPTH + " levels");
            }
            String about = reader.getAttributeValue(RDF, "about");
            String id = about == null ? reader.getAttributeValue(RDF, "ID") : about;
            open.push(new Open(id == null ? "" : id, own));
        } else if (event == XMLStreamConstants.END_ELEMENT) {
            open.pop();
        }
    }

    /** The text up to the label's end; labels have no elements in them. */
    private static String words(XMLStreamReader reader) throws XMLStreamException {
        return reader.getElementText();
    }
}
