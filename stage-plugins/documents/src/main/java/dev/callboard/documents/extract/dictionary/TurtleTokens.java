package dev.callboard.documents.extract.dictionary;

import java.util.Locale;

/** The tokens of a Turtle text (W3C, RDF 1.1 Turtle, 6.5), without white space and comments. */
final class TurtleTokens {
    private static final String SIGNS = ".;,[]()";

    private final String text;
    private int at;
    private int line = 1;

    TurtleTokens(String text) {
        this.text = text;
    }

    /** What a token is. */
    enum Kind {
        /** One of {@code . ; , [ ] ( )}. */
        SIGN,
        /** What stands between angle brackets. */
        ADDRESS,
        /** A name with a prefix, a keyword, a number. */
        NAME,
        /** A text; its datatype is dropped. */
        LITERAL
    }

    /**
     * A token.
     *
     * @param lang of a literal, possibly empty
     * @param line counted from 1
     */
    record Token(Kind kind, String text, String lang, int line) {}

    /** The next token, or null at the end. */
    Token next() throws UnreadableDictionary {
        skipSpace();
        if (at >= text.length()) {
            return null;
        }
        char c = text.charAt(at);
        int started = line;
        if (c == '<') {
            int end = text.indexOf('>', at);
            if (end < 0) {
                throw new UnreadableDictionary("opens an address in line " + line + " that is never closed");
            }
            String address = unescaped(text.substring(at + 1, end), started);
            at = end + 1;
            return new Token(Kind.ADDRESS, address, "", started);
        }
        if (c == '"' || c == '\'') {
            String words = unescaped(literal(c), started);
            return new Token(Kind.LITERAL, words, langOrType(), started);
        }
        boolean decimal = c == '.' && at + 1 < text.length() && Character.isDigit(text.charAt(at + 1));
        if (SIGNS.indexOf(c) >= 0 && !decimal) {
            at++;
            return new Token(Kind.SIGN, String.valueOf(c), "", started);
        }
        return new Token(Kind.NAME, name(), "", started);
    }

    private void skipSpace() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '#') {
                while (at < text.length() && text.charAt(at) != '\n') {
                    at++;
                }
            } else if (Character.isWhitespace(c)) {
                line += c == '\n' ? 1 : 0;
                at++;
            } else {
                return;
            }
        }
    }

    private String literal(char quote) throws UnreadableDictionary {
        int opened = line;
        String end = text.startsWith(String.valueOf(quote).repeat(3), at)
                ? String.valueOf(quote).repeat(3)
                : String.valueOf(quote);
        at += end.length();
        int start = at;
        while (at < text.length() && !text.startsWith(end, at)) {
            line += text.charAt(at) == '\n' ? 1 : 0;
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        if (at >= text.length()) {
            throw new UnreadableDictionary("opens a quote in line " + opened + " that is never closed");
        }
        String words = text.substring(start, at);
        at += end.length();
        return words;
    }

    /** The language of a literal, in lower case; a datatype is passed over. */
    private String langOrType() throws UnreadableDictionary {
        if (at < text.length() && text.charAt(at) == '@') {
            int start = ++at;
            while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '-')) {
                at++;
            }
            return text.substring(start, at).toLowerCase(Locale.ROOT);
        }
        if (text.startsWith("^^", at)) {
            at += 2;
            next();
        }
        return "";
    }

    /** A full stop ends a statement and not a name, unless the name goes on after it. */
    private String name() {
        StringBuilder name = new StringBuilder();
        int start = at;
        while (at < text.length()) {
            char c = text.charAt(at);
            boolean ends = Character.isWhitespace(c) || ";,[]()\"'<#".indexOf(c) >= 0;
            if (c == '.') {
                char after = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
                ends = Character.isWhitespace(after) || ";,[]()\"'<#".indexOf(after) >= 0;
            }
            if (ends && at > start) {
                break;
            }
            if (c == '\\' && at + 1 < text.length()) {
                at++;
            }
            name.append(text.charAt(at++));
        }
        return name.toString();
    }

    private static String unescaped(String given, int line) throws UnreadableDictionary {
        if (given.indexOf('\\') < 0) {
            return given;
        }
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < given.length(); i++) {
            char c = given.charAt(i);
            if (c != '\\' || i + 1 == given.length()) {
                plain.append(c);
                continue;
            }
            char escape = given.charAt(++i);
            if (escape == 'u' || escape == 'U') {
                int end = i + (escape == 'u' ? 5 : 9);
                plain.appendCodePoint(codePoint(given, i + 1, end, line));
                i = end - 1;
            } else {
                plain.append("tnrbf".indexOf(escape) >= 0 ? ' ' : escape);
            }
        }
        return plain.toString();
    }

    private static int codePoint(String given, int start, int end, int line) throws UnreadableDictionary {
        String digits = end <= given.length() ? given.substring(start, end) : "";
        if (!digits.matches("(00)?[0-9A-Fa-f]{4,6}") || !Character.isValidCodePoint(Integer.parseInt(digits, 16))) {
            throw new UnreadableDictionary("has a wrong \\u escape in line " + line);
        }
        return Integer.parseInt(digits, 16);
    }
}
