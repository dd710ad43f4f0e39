package dev.callboard.documents.parse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.documents.ir.BlockKind;
import dev.callboard.documents.ir.CleanText;
import dev.callboard.documents.ir.DocumentBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What the tables of {@link TrialFields} do not name: results, and every other field, each with its name. A section for each
 * module, a list item for each object. What the register derives from the study itself is left out and named.
 */
final class TrialRest {
    private static final Map<String, String> LEFT_OUT = Map.of(
            "derivedSection", "terms that the register derives from the study",
            "annotationSection", "notes of the register about the record",
            "documentSection", "a list of other files",
            "hasResults", "says only whether there are results");

    private final DocumentBuilder document;
    private final Set<String> used;

    /** @param used JSON Pointers of the values that are in the document */
    TrialRest(DocumentBuilder document, Set<String> used) {
        this.document = document;
        this.used = used;
    }

    /** How many characters of text all values of a study have. */
    static long characters(JsonNode node) {
        if (node.isValueNode()) {
            return node.isNull() ? 0 : CleanText.length(node.asText());
        }
        long characters = 0;
        for (JsonNode child : node) {
            characters += characters(child);
        }
        return characters;
    }

    void read(JsonNode study) {
        study.fields().forEachRemaining(part -> {
            String pointer = "/" + part.getKey();
            String reason = LEFT_OUT.get(part.getKey());
            if (reason != null) {
                leaveOut(part.getValue(), pointer, reason);
            } else if (part.getValue().isObject()) {
                part.getValue()
                        .fields()
                        .forEachRemaining(module ->
                                module(module.getKey(), module.getValue(), pointer + "/" + escaped(module.getKey())));
            } else {
                module(part.getKey(), part.getValue(), pointer);
            }
        });
    }

    private void leaveOut(JsonNode node, String pointer, String reason) {
        StringBuilder all = new StringBuilder();
        values(node, all);
        document.leftOut(pointer, reason, all);
    }

    private static void values(JsonNode node, StringBuilder all) {
        if (node.isValueNode()) {
            all.append(node.asText()).append(' ');
        }
        node.forEach(child -> values(child, all));
    }

    private void module(String name, JsonNode module, String pointer) {
        if (!isOpen(module, pointer)) {
            return;
        }
        String title = words(name.replaceAll("(Module|Section)$", ""));
        String section = document.section(null, title);
        document.block(section, BlockKind.HEADING, title);
        value("", module, pointer, section, groups(module));
    }

    private boolean isOpen(JsonNode node, String pointer) {
        if (node.isValueNode()) {
            return !node.isNull() && !node.asText().isBlank() && !used.contains(pointer);
        }
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                if (isOpen(node.get(i), pointer + "/" + i)) {
                    return true;
                }
            }
            return false;
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (isOpen(field.getValue(), pointer + "/" + escaped(field.getKey()))) {
                return true;
            }
        }
        return false;
    }

    /** Writes a value: of an object first its own simple fields in one block, then each inner object. */
    private void value(String name, JsonNode node, String pointer, String section, Map<String, String> groups) {
        if (!isOpen(node, pointer)) {
            return;
        }
        if (node.isValueNode()) {
            text(section, (name.isEmpty() ? "" : name + ": ") + RegisterText.unescape(node.asText()));
        } else if (node.isArray()) {
            array(name, node, pointer, section, groups);
        } else {
            object(node, pointer, section, groups);
        }
    }

    private void array(String name, JsonNode node, String pointer, String section, Map<String, String> groups) {
        List<String> simple = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            String at = pointer + "/" + i;
            if (node.get(i).isValueNode() && isOpen(node.get(i), at)) {
                simple.add(RegisterText.unescape(node.get(i).asText()));
            }
        }
        if (!simple.isEmpty()) {
            document.block(section, BlockKind.LIST_ITEM, name + ": " + String.join(", ", simple));
        } else if (isOpen(node, pointer) && !name.isEmpty() && node.size() > 1) {
            document.block(section, BlockKind.CAPTION, name);
        }
        for (int i = 0; i < node.size(); i++) {
            if (!node.get(i).isValueNode()) {
                value(name, node.get(i), pointer + "/" + i, section, groups);
            }
        }
    }

    private void object(JsonNode node, String pointer, String section, Map<String, String> outer) {
        Map<String, String> groups = new LinkedHashMap<>(outer);
        groups.putAll(groups(node));
        StringBuilder line = new StringBuilder();
        String group = node.path("groupId").asText();
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            String at = pointer + "/" + escaped(field.getKey());
            if (field.getValue().isValueNode() && isOpen(field.getValue(), at)) {
                String text = RegisterText.unescape(field.getValue().asText());
                if (field.getKey().equals("groupId")) {
                    line.append(groups.containsKey(group) ? groups.get(group) + " (" + group + ")" : group);
                } else if (field.getKey().equals("value") && line.length() > 0 && !group.isEmpty()) {
                    line.append(": ").append(text);
                } else {
                    line.append(line.isEmpty() ? "" : "; ")
                            .append(words(field.getKey()))
                            .append(": ")
                            .append(text);
                }
            }
        }
        if (line.indexOf("\n") >= 0) {
            text(section, line.toString());
        } else {
            document.block(section, BlockKind.LIST_ITEM, line);
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (!field.getValue().isValueNode()) {
                String at = pointer + "/" + escaped(field.getKey());
                value(words(field.getKey()), field.getValue(), at, section, groups);
            }
        }
    }

    private void text(String section, String text) {
        RegisterText.write(text, section, document);
    }

    /** The arms or groups of an object, by the ids that measurements name. */
    private static Map<String, String> groups(JsonNode node) {
        Map<String, String> groups = new LinkedHashMap<>();
        for (String list : List.of("groups", "eventGroups", "denoms")) {
            for (JsonNode group : node.path(list)) {
                if (group.has("id") && group.has("title")) {
                    groups.put(group.get("id").asText(), group.get("title").asText());
                }
            }
        }
        return groups;
    }

    private static String escaped(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }

    /** {@code timeFrame} as {@code Time frame}. */
    private static String words(String key) {
        String apart = key.replaceAll("([a-z0-9])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
        return apart.isEmpty() ? "" : Character.toUpperCase(apart.charAt(0)) + apart.substring(1);
    }
}
