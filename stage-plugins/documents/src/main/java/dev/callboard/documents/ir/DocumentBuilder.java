package dev.callboard.documents.ir;

import dev.callboard.documents.input.Payload;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Collects a document's parts in reading order and keeps text and offsets in step. Ids are {@code s1, s2 …} for
 * sections and {@code b1, b2 …} for blocks, the same in every run.
 */
public final class DocumentBuilder {
    private static final int DOC_ID_LENGTH = 16;
    private static final int LONGEST_TITLE = 1000;
    private static final String PLAIN_TEXT = "text/plain";

    private final Payload source;
    private final List<Map<String, Object>> sections = new ArrayList<>();
    private final Blocks blocks = new Blocks();
    private final List<Map<String, Object>> refs = new ArrayList<>();
    private final Set<String> refIds = new HashSet<>();
    private final Map<String, Object> meta = new LinkedHashMap<>();
    private final LeftOut leftOut = new LeftOut();
    private final int number;
    private String title = "";
    private String lang = "";
    private int page;
    private long sourceCharacters = -1;

    /** Starts an empty document for a payload that holds one. */
    public DocumentBuilder(Payload source) {
        this(source, 1);
    }

    /**
     * Starts an empty document.
     *
     * @param number counted from 1: which of the documents in the payload it is
     */
    public DocumentBuilder(Payload source, int number) {
        this.source = source;
        this.number = number;
    }

    /** The payload that the document is made of. */
    public Payload source() {
        return source;
    }

    /** Sets the document's title; an empty one is ignored. */
    public DocumentBuilder title(String value) {
        String clean = CleanText.inline(value).replace('\n', ' ');
        if (!clean.isEmpty()) {
            title = CleanText.atMost(clean, LONGEST_TITLE);
        }
        return this;
    }

    /** Whether a title was set. */
    public boolean hasTitle() {
        return !title.isEmpty();
    }

    /** Sets the language, a BCP 47 tag such as {@code en} or {@code en-GB}; an empty one is ignored. */
    public DocumentBuilder lang(String tag) {
        if (tag != null && tag.matches("[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8}){0,4}")) {
            lang = tag.replace('_', '-');
        }
        return this;
    }

    /** Adds a fact about the document; null, empty strings and empty collections are left out. */
    public DocumentBuilder meta(String key, Object value) {
        boolean empty = value == null
                || (value instanceof String string && string.isBlank())
                || (value instanceof Collection<?> collection && collection.isEmpty())
                || (value instanceof Map<?, ?> map && map.isEmpty());
        if (!empty) {
            meta.put(key, value);
        }
        return this;
    }

    /**
     * Opens a section.
     *
     * @param parent the id of the section around it, or null
     * @return its id
     */
    public String section(String parent, String sectionTitle) {
        String id = "s" + (sections.size() + 1);
        Map<String, Object> section = new LinkedHashMap<>();
        section.put("id", id);
        section.put("parent", parent);
        section.put("title", CleanText.inline(sectionTitle).replace('\n', ' '));
        sections.add(section);
        return id;
    }

    /** Sets the page on which the blocks added from now on begin, counted from 1; 0: on none that is known. */
    public DocumentBuilder atPage(int number) {
        page = number;
        return this;
    }

    /** Adds a block that cites nothing. */
    public void block(String section, BlockKind kind, CharSequence raw) {
        block(section, kind, raw, List.of());
    }

    /**
     * Adds a block; one without visible text is left out.
     *
     * @param section the id of its section, or null before the first
     * @param raw text as the source has it; cleaned here
     * @param cites ids of references, in order, possibly repeated; one that leads to no reference added so far is
     *     dropped
     */
    public void block(String section, BlockKind kind, CharSequence raw, Collection<String> cites) {
        Set<String> known = new LinkedHashSet<>(cites);
        known.retainAll(refIds);
        blocks.add(section, kind, raw, known, page);
    }

    /** Adds a reference; of two with one id the second is given a new one. */
    public void reference(Reference reference) {
        Map<String, Object> map = reference.toMap();
        String id = reference.id();
        for (int n = refs.size() + 1; id.isBlank() || !refIds.add(id); n++) {
            id = "r" + n;
        }
        map.put("id", id);
        refs.add(map);
    }

    /**
     * Says that text of the source is left out on purpose.
     *
     * @param where the place in the source, such as {@code /article/front/article-meta/pub-date}
     * @param reason a short sentence without a full stop
     * @param text what is left out; blank text is not counted
     */
    public void leftOut(String where, String reason, CharSequence text) {
        leftOut.add(where, reason, CleanText.length(text));
    }

    /**
     * Says that a part of the source is left out whose characters nobody can count, such as a picture or a file in the file.
     *
     * @param where the place in the source
     * @param reason a short sentence without a full stop
     */
    public void leftOut(String where, String reason) {
        leftOut.addUncounted(where, reason);
    }

    /** How many characters are left out on purpose. */
    public long charactersLeftOut() {
        return leftOut.total();
    }

    /** Sets how many characters of text the source holds, {@link CleanText#length} of all of it. */
    public void sourceCharacters(long characters) {
        sourceCharacters = characters;
    }

    /** How many characters of text the source holds, or -1 when nobody has counted. */
    public long sourceCharacters() {
        return sourceCharacters;
    }

    /** How many characters of text are in here: of blocks that are no headings of themselves, of references and of facts. */
    public long characters() {
        long facts = meta.values().stream()
                .mapToLong(value -> CleanText.length(String.valueOf(value)))
                .sum();
        long references = refs.stream()
                .mapToLong(ref -> CleanText.length(String.valueOf(ref.get("text"))))
                .sum();
        return CleanText.length(blocks.text()) + references + facts;
    }

    /** How many blocks there are so far. */
    public int size() {
        return blocks.size();
    }

    /** The document in its JSON shape. Its language is {@code und} when nothing says it (BCP 47: undetermined). */
    public Map<String, Object> build() {
        meta.put("name", source.name());
        meta.put("size", source.size());
        meta.put("paragraphs", blocks.count(BlockKind.PARAGRAPH));
        meta.put("tables", blocks.count(BlockKind.TABLE));
        meta.put("references", refs.size());
        if (!source.mediaType().equals(PLAIN_TEXT)) {
            // A parser leaves no tag of its own behind: what looks like one was escaped in the source.
            meta("quoted_tags", blocks.quotedTags());
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put(
                "doc_id",
                source.sha256()
                                .substring(
                                        0,
                                        Math.min(DOC_ID_LENGTH, source.sha256().length()))
                        + (number == 1 ? "" : "-" + number));
        document.put("sha256", source.sha256());
        document.put("media_type", source.mediaType());
        document.put("lang", lang.isEmpty() ? "und" : lang);
        document.put("title", title.isEmpty() ? source.shownName() + (number == 1 ? "" : " (" + number + ")") : title);
        document.put("meta", meta);
        document.put("text", blocks.text().toString());
        document.put("sections", sections);
        document.put("blocks", blocks.toList());
        document.put("refs", refs);
        document.put("left_out", leftOut.toList());
        Map<String, Object> from = new LinkedHashMap<>();
        from.put("name", source.name());
        if (sourceCharacters >= 0) {
            from.put("characters", sourceCharacters);
        }
        document.put("source", from);
        return document;
    }
}
