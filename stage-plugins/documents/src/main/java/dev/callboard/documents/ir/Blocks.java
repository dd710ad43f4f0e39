package dev.callboard.documents.ir;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A document's blocks in reading order, and the one text that their offsets count in. */
final class Blocks {
    private static final String BETWEEN = "\n\n";

    private final StringBuilder text = new StringBuilder();
    private final List<Map<String, Object>> blocks = new ArrayList<>();
    private final Map<BlockKind, Integer> kinds = new LinkedHashMap<>();
    /** Of the text, in code points. */
    private int length;

    /**
     * Adds a block; one without visible text is left out.
     *
     * @param cites ids of references that exist
     * @param page counted from 1; 0: not known
     */
    void add(String section, BlockKind kind, CharSequence raw, Set<String> cites, int page) {
        boolean keepLines = kind == BlockKind.CODE || kind == BlockKind.TABLE;
        String clean = keepLines ? CleanText.lines(raw) : CleanText.inline(raw);
        if (clean.isBlank()) {
            return;
        }
        if (!blocks.isEmpty()) {
            text.append(BETWEEN);
            length += BETWEEN.length();
        }
        int start = length;
        text.append(clean);
        length += clean.codePointCount(0, clean.length());
        Map<String, Object> block = new LinkedHashMap<>();
        block.put("id", "b" + (blocks.size() + 1));
        block.put("section", section);
        block.put("kind", kind.json());
        block.put("text", clean);
        if (page > 0) {
            block.put("page", page);
        }
        block.put("start", start);
        block.put("end", length);
        if (!cites.isEmpty()) {
            block.put("cites", List.copyOf(cites));
        }
        blocks.add(block);
        kinds.merge(kind, 1, Integer::sum);
    }

    int size() {
        return blocks.size();
    }

    int count(BlockKind kind) {
        return kinds.getOrDefault(kind, 0);
    }

    CharSequence text() {
        return text;
    }

    List<Map<String, Object>> toList() {
        return blocks;
    }

    /** How many markup tags the source quotes outside code, or null for none. */
    Long quotedTags() {
        long tags = blocks.stream()
                .filter(block -> !BlockKind.CODE.json().equals(block.get("kind")))
                .mapToLong(block -> MarkupTags.count((String) block.get("text")))
                .sum();
        return tags == 0 ? null : tags;
    }
}
