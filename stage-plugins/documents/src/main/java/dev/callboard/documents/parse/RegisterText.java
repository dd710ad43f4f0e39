package dev.callboard.documents.parse;

import dev.callboard.documents.ir.BlockKind;
import dev.callboard.documents.ir.DocumentBuilder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The long texts of ClinicalTrials.gov, which are a small Markdown: paragraphs, bulleted and numbered lines, and a
 * backslash before characters that Markdown would take for its own.
 */
final class RegisterText {
    private static final Pattern ESCAPED = Pattern.compile("\\\\([\\\\`*_{}\\[\\]()#+\\-.!<>~|^&=:;,$%@?/'\"])");
    private static final Pattern BULLET = Pattern.compile("\\s*[*•-]\\s+(\\S.*)");
    private static final Pattern NUMBER = Pattern.compile("\\s*\\d{1,3}[.)]\\s+\\S.*");

    private RegisterText() {}

    /** Without the backslashes. */
    static String unescape(String text) {
        return ESCAPED.matcher(text).replaceAll("$1");
    }

    /** Writes a text as paragraphs and list items; a line that is no item goes on with the line before it. */
    static void write(String text, String section, DocumentBuilder document) {
        StringBuilder pending = new StringBuilder();
        BlockKind kind = BlockKind.PARAGRAPH;
        for (String line : text.split("\\R", -1)) {
            Matcher bullet = BULLET.matcher(line);
            boolean item = bullet.matches() || NUMBER.matcher(line).matches();
            if (item || line.isBlank()) {
                document.block(section, kind, pending);
                pending.setLength(0);
                kind = item ? BlockKind.LIST_ITEM : BlockKind.PARAGRAPH;
            }
            pending.append(bullet.matches() ? bullet.group(1) : line).append(' ');
        }
        document.block(section, kind, pending);
    }
}
