package dev.callboard.documents.ir;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What looks like a tag of markup in text: left over, or quoted. Which of the two, only the parser knows. */
public final class MarkupTags {
    /**
     * A whole tag: {@code <italic>}, {@code </p>}, {@code <sec id="s1">}, {@code <br/>}. Lower case, and any attribute
     * has a value, so that prose such as "if x <y and z> 3" or a variant called {@code <DEL>} is none.
     */
    private static final Pattern TAG = Pattern.compile(
            "<(/?)[a-z][a-z0-9]*(?:[:-][a-z0-9]+)*+(?:\\s+[A-Za-z:_-]+\\s*=\\s*(?:\"[^\"<]*\"|'[^'<]*'|[^\\s\"'<>]+))*+\\s*/?>");

    private static final int MANY = 10;

    private MarkupTags() {}

    /** How many there are. */
    public static long count(String text) {
        return TAG.matcher(text).results().count();
    }

    /**
     * Whether a text is mostly markup that nobody has parsed: tags are closed, and tags with the names in them are a good part
     * of it. Nicks in a chat, generic types in code and a paragraph about HTML are not that.
     */
    public static boolean isUnparsed(String text) {
        Matcher tags = TAG.matcher(text);
        long closing = 0;
        long length = 0;
        while (tags.find()) {
            closing += tags.group(1).isEmpty() ? 0 : 1;
            length += tags.end() - tags.start();
        }
        return closing >= MANY && length * 3 > text.length();
    }
}
