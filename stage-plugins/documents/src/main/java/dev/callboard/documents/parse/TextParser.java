package dev.callboard.documents.parse;

import dev.callboard.documents.charset.Decoded;
import dev.callboard.documents.charset.TextSize;
import dev.callboard.documents.ir.BlockKind;
import dev.callboard.documents.ir.CleanText;
import dev.callboard.documents.ir.DocumentBuilder;
import dev.callboard.spi.StageFailure;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads plain text: blank lines and form feeds divide paragraphs, a paragraph all of whose lines begin with a bullet is
 * a list, a single line of {@code # Title} is a heading as in Markdown, and a short first line on its own is the title.
 *
 * <p>Decoding is strict ({@link TextSource}): a byte that does not fit is a failure, never a replacement character.
 */
final class TextParser {
    /** Possessive, so that a million empty lines neither overflow the stack nor take long. */
    private static final Pattern BLANK = Pattern.compile("(?:\\R[ \\t\\x0B\\u00A0]*+){2,}+|\\f|\\u2029");

    private static final Pattern BULLET = Pattern.compile("\\s*(?:[-*•‣–]|\\d{1,3}[.)])\\s+\\S.*");
    private static final Pattern HEADING = Pattern.compile("(#{1,6})\\s+(\\S.*?)\\s*#*");
    private static final int LONGEST_TITLE = 120;
    private static final int LONGEST_HEADING = 300;
    private static final int CANCEL_CHECK = 1000;

    private final Source source;

    TextParser(Source source) {
        this.source = source;
    }

    /** Reads the text. */
    DocumentBuilder read() throws StageFailure, InterruptedException {
        source.checkLength(TextSize.ofText(source.bytes(), source.charset()));
        Decoded decoded = TextSource.of(source);
        DocumentBuilder document = source.newDocument(1);
        document.sourceCharacters(CleanText.length(decoded.text()));
        source.checkLength(document.sourceCharacters());
        document.meta("charset", decoded.charset());
        read(decoded.text(), document);
        return document;
    }

    private void read(String text, DocumentBuilder document) throws InterruptedException {
        String[] paragraphs = BLANK.split(text);
        String[] sections = new String[7];
        String section = null;
        for (int i = 0; i < paragraphs.length; i++) {
            if (i % CANCEL_CHECK == 0) {
                source.checkCancelled();
            }
            String paragraph = CleanText.lines(paragraphs[i]);
            Matcher heading = HEADING.matcher(paragraph);
            if (paragraph.length() <= LONGEST_HEADING && heading.matches()) {
                int level = heading.group(1).length();
                section = open(sections, level, heading.group(2), document);
                document.block(section, BlockKind.HEADING, heading.group(2));
                if (!document.hasTitle()) {
                    document.title(heading.group(2));
                }
            } else if (document.size() == 0 && isTitle(paragraph) && i + 1 < paragraphs.length) {
                document.title(paragraph);
                document.block(null, BlockKind.TITLE, paragraph);
            } else {
                paragraph(paragraph, section, document);
            }
        }
    }

    private static String open(String[] sections, int level, String title, DocumentBuilder document) {
        String parent = null;
        for (int i = 1; i < level; i++) {
            parent = sections[i] == null ? parent : sections[i];
        }
        for (int i = level; i < sections.length; i++) {
            sections[i] = null;
        }
        sections[level] = document.section(parent, title);
        return sections[level];
    }

    private static void paragraph(String paragraph, String section, DocumentBuilder document) {
        String[] lines = paragraph.split("\n");
        boolean list = lines.length > 1;
        for (String line : lines) {
            list = list && BULLET.matcher(line).matches();
        }
        if (list) {
            for (String line : lines) {
                document.block(section, BlockKind.LIST_ITEM, line);
            }
        } else {
            // A line's end may matter (verse, addresses, tables): it stays.
            document.block(section, BlockKind.PARAGRAPH, paragraph.replace('\n', CleanText.LINE_BREAK));
        }
    }

    private static boolean isTitle(String line) {
        return !line.isEmpty()
                && line.length() <= LONGEST_TITLE
                && line.indexOf('\n') < 0
                && ".!?:;,".indexOf(line.charAt(line.length() - 1)) < 0;
    }
}
