package dev.callboard.documents.ir;

import java.util.Locale;

/** What a block is in its document. */
public enum BlockKind {
    /** The document's own title. */
    TITLE,
    /** A paragraph of an abstract or summary. */
    ABSTRACT,
    /** The title of a section. */
    HEADING,
    /** A paragraph of the body; in JATS every {@code p} inside {@code body} but those of lists. */
    PARAGRAPH,
    /** One item of a list, without the items of lists inside it. */
    LIST_ITEM,
    /** A table: a line for each row, cells divided by {@code " | "}. */
    TABLE,
    /** The label and title of a figure or table, and what stands under a figure outside the body. */
    CAPTION,
    /** Source code or other text whose white space matters. */
    CODE,
    /** A formula that stands alone. */
    FORMULA,
    /** Text outside the body: acknowledgements, footnotes, appendices. */
    NOTE;

    private final String json = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** As it is written in the IR, such as {@code list-item}. */
    public String json() {
        return json;
    }
}
