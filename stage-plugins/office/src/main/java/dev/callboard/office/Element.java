package dev.callboard.office;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An element of XML with all that is in it. Names are without prefixes: within one format they say enough. */
final class Element {
    private final String name;
    private Map<String, String> attributes = Map.of();
    /** Elements and strings. */
    private final List<Object> content = new ArrayList<>();

    Element(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    void attribute(String key, String value) {
        if (attributes.isEmpty()) {
            attributes = new HashMap<>();
        }
        attributes.put(key, value);
    }

    /** Its value, or an empty text. */
    String attribute(String key) {
        return attributes.getOrDefault(key, "");
    }

    /** A whole number, or another where there is none. */
    int number(String key, int fallback) {
        String value = attribute(key);
        return value.matches("-?\\d{1,9}") ? Integer.parseInt(value) : fallback;
    }

    void add(Object elementOrText) {
        content.add(elementOrText);
    }

    /** Elements and strings, in order. */
    List<Object> content() {
        return content;
    }

    /** The elements right in it. */
    List<Element> children() {
        return content.stream()
                .filter(Element.class::isInstance)
                .map(Element.class::cast)
                .toList();
    }

    /** Those of some names. */
    List<Element> children(String... names) {
        List<String> wanted = List.of(names);
        return children().stream().filter(child -> wanted.contains(child.name)).toList();
    }

    /** The first at the end of a path of names, or an empty one. */
    Element at(String... path) {
        Element found = this;
        for (String step : path) {
            List<Element> next = found.children(step);
            if (next.isEmpty()) {
                return new Element(step);
            }
            found = next.get(0);
        }
        return found;
    }

    /** Whether there is something at the end of a path. */
    boolean has(String... path) {
        Element found = this;
        for (String step : path) {
            List<Element> next = found.children(step);
            if (next.isEmpty()) {
                return false;
            }
            found = next.get(0);
        }
        return true;
    }

    /** All elements of a name at any depth, the outermost of those that stand in each other. */
    List<Element> below(String wanted) {
        List<Element> found = new ArrayList<>();
        for (Element child : children()) {
            if (child.name.equals(wanted)) {
                found.add(child);
            } else {
                found.addAll(child.below(wanted));
            }
        }
        return found;
    }

    /** All text in it. */
    String text() {
        StringBuilder text = new StringBuilder();
        collect(text);
        return text.toString();
    }

    private void collect(StringBuilder text) {
        for (Object part : content) {
            if (part instanceof Element element) {
                element.collect(text);
            } else {
                text.append(part);
            }
        }
    }

    /** All text in it, where elements of a name are set apart by spaces. */
    String words(String apart) {
        StringBuilder text = new StringBuilder();
        below(apart).forEach(element -> text.append(element.text()).append(' '));
        return text.toString().strip();
    }
}
