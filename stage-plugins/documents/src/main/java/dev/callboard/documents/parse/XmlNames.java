package dev.callboard.documents.parse;

import java.util.Locale;
import java.util.Set;

/** What elements of many vocabularies are called: DocBook, TEI, DITA, XHTML, and publishers' own formats. */
final class XmlNames {
    private static final Set<String> TITLES = Set.of(
            "title",
            "head",
            "heading",
            "sectiontitle",
            "section-title",
            "sectitle",
            "sec-title",
            "st",
            "titleabbrev",
            "subtitle",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "bridgehead",
            "article-title",
            "articletitle",
            "atl",
            "invention-title",
            "h",
            "doctitle",
            "chaptertitle",
            "simplesect-title");

    private static final Set<String> PARAGRAPHS = Set.of(
            "p",
            "para",
            "simpara",
            "formalpara",
            "paragraph",
            "simple-para",
            "section",
            "sec",
            "sect1",
            "sect2",
            "sect3",
            "div",
            "chapter",
            "blockquote",
            "abstract",
            "claim",
            "ab",
            "body");

    private static final Set<String> ITEMS = Set.of("item", "li", "listitem", "list-item", "varlistentry", "def-item");

    private static final Set<String> CODE = Set.of(
            "programlisting",
            "screen",
            "literallayout",
            "synopsis",
            "pre",
            "preformat",
            "codeblock",
            "verbatim",
            "listing",
            "eg",
            "msgblock");

    private static final Set<String> CAPTIONS =
            Set.of("caption", "figdesc", "figcaption", "legend", "figcap", "tablecap");

    private static final Set<String> INLINE = Set.of(
            "b",
            "i",
            "u",
            "s",
            "em",
            "strong",
            "bold",
            "italic",
            "it",
            "sc",
            "small",
            "big",
            "tt",
            "emphasis",
            "emph",
            "span",
            "hi",
            "rend",
            "font",
            "underline",
            "smallcaps",
            "small-caps",
            "roman",
            "monospace",
            "styled-content",
            "named-content",
            "overline",
            "strike",
            "inf",
            "bo",
            "sb",
            "sp",
            "cross-ref",
            "xref",
            "link",
            "ulink",
            "a",
            "ref",
            "ext-link",
            "mark",
            "abbr",
            "acronym",
            "q",
            "quote",
            "code",
            "literal",
            "var",
            "kbd",
            "samp",
            "cite",
            "foreign",
            "term",
            "w",
            "c",
            "pc",
            "seg",
            "pdat",
            "hil",
            "figref");

    private static final Set<String> PEOPLE = Set.of(
            "author",
            "au",
            "name",
            "person",
            "persname",
            "personname",
            "creator",
            "editor",
            "inventor",
            "aut",
            "contributor",
            "nam",
            "party-us");

    private static final Set<String> NOTES = Set.of("note", "footnote", "fn", "endnote", "ftnote");

    private static final Set<String> LABELS = Set.of("label", "no", "num", "number", "lbl", "enunciation");

    private static final int LONGEST_HEADING = 2000;

    private XmlNames() {}

    static boolean isTitle(XmlElement element) {
        return TITLES.contains(lower(element));
    }

    static boolean isParagraph(XmlElement element) {
        return PARAGRAPHS.contains(lower(element));
    }

    static boolean isItem(XmlElement element) {
        return ITEMS.contains(lower(element));
    }

    /** A person, whose names are one line. */
    static boolean isPerson(XmlElement element) {
        return PEOPLE.contains(lower(element));
    }

    /** A note in a text, which is no part of the word before it. */
    static boolean isNote(XmlElement element) {
        return NOTES.contains(lower(element));
    }

    /** A number or mark that leads what follows. */
    static boolean isLabel(XmlElement element) {
        return LABELS.contains(lower(element))
                && element.elements().isEmpty()
                && element.peek().strip().length() <= 20;
    }

    /** A title, whose words may stand in a paragraph of their own inside it. */
    static boolean isHeading(XmlElement element) {
        boolean wrapped = element.elements().stream()
                .allMatch(child -> isInline(child) || (isParagraph(child) && !holdsBlocks(child)));
        return isTitle(element) && wrapped && element.peek().length() <= LONGEST_HEADING;
    }

    static boolean isCode(XmlElement element) {
        return CODE.contains(lower(element));
    }

    static boolean isCaption(XmlElement element) {
        return CAPTIONS.contains(lower(element));
    }

    /** Formatting and links: what touches them belongs to the same word. */
    static boolean isInline(XmlElement element) {
        return INLINE.contains(lower(element)) || isRaised(element) || isLowered(element);
    }

    static boolean isTable(XmlElement element) {
        return Set.of("table", "informaltable", "tgroup").contains(lower(element))
                && element.first("tr", "row") != null;
    }

    static boolean isRaised(XmlElement element) {
        return Set.of("sup", "superscript", "sp", "super").contains(lower(element))
                || element.attribute("rend").matches("(?i)sup(er(script)?)?");
    }

    static boolean isLowered(XmlElement element) {
        return Set.of("sub", "subscript", "inf", "sb").contains(lower(element))
                || element.attribute("rend").matches("(?i)sub(script)?");
    }

    /** Whether something in here is a paragraph, a table or code of its own. */
    static boolean holdsBlocks(XmlElement element) {
        return element.elements().stream()
                .anyMatch(child -> isParagraph(child) || isTable(child) || isCode(child) || holdsBlocks(child));
    }

    private static String lower(XmlElement element) {
        return element.name().toLowerCase(Locale.ROOT);
    }
}
