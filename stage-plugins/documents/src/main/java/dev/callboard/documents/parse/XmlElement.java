package dev.callboard.documents.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/**
 * An element with its attributes and children. Namespaces are dropped: the names that matter here do not clash, and
 * files differ in whether they declare any.
 */
final class XmlElement implements XmlNode {
    private final String name;
    private final Map<String, String> attributes;
    private final List<XmlNode> nodes = new ArrayList<>();

    XmlElement(String name, Map<String, String> attributes) {
        this.name = Objects.requireNonNull(name, "name is null");
        this.attributes = Map.copyOf(attributes);
    }

    void add(XmlNode node) {
        nodes.add(node);
    }

    String name() {
        return name;
    }

    boolean is(String... names) {
        return List.of(names).contains(name);
    }

    /** An attribute's value, or an empty string. */
    String attribute(String attribute) {
        return attributes.getOrDefault(attribute, "");
    }

    /** The names of its attributes, in no order. */
    Set<String> attributeNames() {
        return attributes.keySet();
    }

    List<XmlNode> nodes() {
        return nodes;
    }

    /** The child elements, in order. */
    List<XmlElement> elements() {
        List<XmlElement> elements = new ArrayList<>();
        for (XmlNode node : nodes) {
            if (node instanceof XmlElement element) {
                elements.add(element);
            }
        }
        return elements;
    }

    /** The child elements of a name. */
    List<XmlElement> elements(String child) {
        return elements().stream().filter(element -> element.name.equals(child)).toList();
    }

    /**
     * The first element on a path of child names.
     *
     * @return null when there is none
     */
    XmlElement find(String... path) {
        XmlElement at = this;
        for (String step : path) {
            XmlElement next = null;
            for (XmlElement element : at.elements()) {
                if (element.name.equals(step)) {
                    next = element;
                    break;
                }
            }
            if (next == null) {
                return null;
            }
            at = next;
        }
        return at;
    }

    /** Calls back for each descendant of a name, in document order, this element left out. */
    void each(String descendant, Consumer<XmlElement> visitor) {
        for (XmlElement element : elements()) {
            if (element.name.equals(descendant)) {
                visitor.accept(element);
            }
            element.each(descendant, visitor);
        }
    }

    /** Whether text other than white space stands directly in this element. */
    boolean hasOwnText() {
        return nodes.stream()
                .anyMatch(node -> node instanceof XmlText text && !text.text().isBlank());
    }

    /** Whether it has visible text, here or further down, that nobody took. */
    boolean isOpen() {
        for (XmlNode node : nodes) {
            if (node instanceof XmlText text ? text.isOpen() : ((XmlElement) node).isOpen()) {
                return true;
            }
        }
        return false;
    }

    /** Whether it has visible text and nobody took any of it. */
    boolean isUntouched() {
        boolean[] state = new boolean[2];
        eachText(text -> {
            if (!text.text().isBlank()) {
                state[text.isOpen() ? 0 : 1] = true;
            }
        });
        return state[0] && !state[1];
    }

    /** Calls back for each text in here, in document order. */
    void eachText(Consumer<XmlText> visitor) {
        for (XmlNode node : nodes) {
            if (node instanceof XmlText text) {
                visitor.accept(text);
            } else if (node instanceof XmlElement element) {
                element.eachText(visitor);
            }
        }
    }

    /** Takes all text in here: its meaning is in the document, or on the list of what is left out. */
    void takeAll() {
        eachText(XmlText::take);
    }

    /** All characters in here, as they are, only looked at. */
    String peek() {
        StringBuilder all = new StringBuilder();
        eachText(text -> all.append(text.text()));
        return all.toString();
    }

    /** Calls back for each element in here, this one first, in document order. */
    void eachElement(Consumer<XmlElement> visitor) {
        visitor.accept(this);
        elements().forEach(element -> element.eachElement(visitor));
    }

    /** The first descendant with one of some names, in document order, or null. */
    XmlElement first(String... names) {
        for (XmlElement element : elements()) {
            XmlElement found = element.is(names) ? element : element.first(names);
            if (found != null) {
                return found;
            }
        }
        return null;
    }
}
