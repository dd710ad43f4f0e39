package dev.callboard.documents.validate;

import dev.callboard.documents.ir.CodePoints;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a schema cannot say of a document that fits it: ids are unique and lead somewhere, sections form trees, blocks
 * stand in order inside the text and are the text that they cut out.
 */
final class IrStructure {
    private final Map<?, ?> document;
    private final List<Violation> violations = new ArrayList<>();

    private IrStructure(Map<?, ?> document) {
        this.document = document;
    }

    /** All violations of a document that fits the schema. */
    static List<Violation> check(Map<?, ?> document) {
        IrStructure structure = new IrStructure(document);
        Set<String> sections = structure.ids("sections");
        structure.sectionTree(sections);
        structure.ids("blocks");
        Set<String> refs = structure.ids("refs");
        structure.blocks(sections, refs);
        return structure.violations;
    }

    private List<Map<?, ?>> elements(String field) {
        List<Map<?, ?>> elements = new ArrayList<>();
        ((List<?>) document.get(field)).forEach(element -> elements.add((Map<?, ?>) element));
        return elements;
    }

    private Set<String> ids(String field) {
        Set<String> ids = new HashSet<>();
        List<Map<?, ?>> elements = elements(field);
        for (int i = 0; i < elements.size(); i++) {
            if (!ids.add((String) elements.get(i).get("id"))) {
                add(
                        "/" + field + "/" + i + "/id",
                        "repeats the id " + elements.get(i).get("id"));
            }
        }
        return ids;
    }

    private void sectionTree(Set<String> ids) {
        Map<Object, Object> parents = new HashMap<>();
        List<Map<?, ?>> sections = elements("sections");
        sections.forEach(section -> parents.put(section.get("id"), section.get("parent")));
        for (int i = 0; i < sections.size(); i++) {
            Object parent = sections.get(i).get("parent");
            if (parent != null && !ids.contains(parent)) {
                add("/sections/" + i + "/parent", "names the section " + parent + ", which does not exist");
            } else if (isInCycle(sections.get(i).get("id"), parents)) {
                add("/sections/" + i + "/parent", "leads back to the section itself");
            }
        }
    }

    private static boolean isInCycle(Object id, Map<Object, Object> parents) {
        Object at = parents.get(id);
        for (int steps = 0; at != null && steps <= parents.size(); steps++) {
            if (at.equals(id)) {
                return true;
            }
            at = parents.get(at);
        }
        return false;
    }

    private void blocks(Set<String> sections, Set<String> refs) {
        CodePoints text = new CodePoints((String) document.get("text"));
        List<Map<?, ?>> blocks = elements("blocks");
        long before = 0;
        for (int i = 0; i < blocks.size(); i++) {
            Map<?, ?> block = blocks.get(i);
            String pointer = "/blocks/" + i;
            Object section = block.get("section");
            if (section != null && !sections.contains(section)) {
                add(pointer + "/section", "names the section " + section + ", which does not exist");
            }
            if (((String) block.get("text")).isBlank()) {
                add(pointer + "/text", "is blank");
            }
            if (block.get("cites") instanceof List<?> cites) {
                for (Object cite : cites) {
                    if (!refs.contains(cite)) {
                        add(pointer + "/cites", "names the reference " + cite + ", which does not exist");
                    }
                }
            }
            before = offsets(pointer, block, text, before);
        }
    }

    private long offsets(String pointer, Map<?, ?> block, CodePoints text, long before) {
        long start = ((Number) block.get("start")).longValue();
        long end = ((Number) block.get("end")).longValue();
        if (start < before) {
            add(pointer + "/start", "is " + start + ", before the end of the block before it, " + before);
        } else if (end <= start) {
            add(pointer + "/end", "is " + end + ", not after the start, " + start);
        } else if (end > text.length()) {
            add(pointer + "/end", "is " + end + ", beyond the text's length of " + text.length() + " code points");
        } else if (!text.slice((int) start, (int) end).equals(block.get("text"))) {
            add(pointer + "/text", "is not what the offsets " + start + " to " + end + " cut out of the text");
        }
        return Math.max(before, end);
    }

    private void add(String pointer, String detail) {
        violations.add(new Violation(pointer, detail));
    }
}
