package dev.callboard.documents.chunk;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts what a splitter takes for one sentence once more, after the marks that end a sentence wherever they stand: the full stops,
 * question and exclamation marks of Chinese, Japanese, Indic, Arabic, Armenian, Ethiopic, Burmese, Khmer and Tibetan writing (the
 * common ones of Unicode's property {@code Sentence_Terminal}, and the shad). No space need follow them; quotes and brackets that
 * close stay with them.
 */
record SentenceEnds(SentenceSplitter splitter) implements SentenceSplitter {
    private static final char WIDE_STOP = '\uFF0E';

    private static final String ENDS =
            "\u0589\u061D\u061E\u061F\u06D4\u0700\u0701\u0702\u0964\u0965\u104A\u104B\u1362\u1367\u1368\u166E\u17D4\u17D5"
                    + "\u1803\u1809\u203C\u203D\u2047\u2048\u2049\u2E3C\u3002\uA6F3\uA6F7\uA876\uA877\uAAF0\uAAF1\uABEB"
                    + "\uFE52\uFE56\uFE57\uFF01\uFF0E\uFF1F\uFF61\u0F0D\u0F0E";

    @Override
    public List<Span> split(String text) {
        List<Span> sentences = new ArrayList<>();
        for (Span span : splitter.split(text)) {
            int start = span.start();
            for (int i = start; i < span.end(); i++) {
                if (isEnd(text, i)) {
                    int end = afterClosing(text, i + 1, span.end());
                    SentenceSplitter.addTrimmed(sentences, text, start, end);
                    start = end;
                    i = end - 1;
                }
            }
            SentenceSplitter.addTrimmed(sentences, text, start, span.end());
        }
        return sentences;
    }

    /** A wide full stop within a number ends nothing. */
    private static boolean isEnd(String text, int at) {
        char mark = text.charAt(at);
        boolean inNumber = mark == WIDE_STOP && at + 1 < text.length() && Character.isDigit(text.charAt(at + 1));
        return ENDS.indexOf(mark) >= 0 && !inNumber;
    }

    /** After further marks, quotes and brackets: {@code 。」} is one end. */
    private static int afterClosing(String text, int from, int limit) {
        int at = from;
        while (at < limit && (ENDS.indexOf(text.charAt(at)) >= 0 || isClosing(text.charAt(at)))) {
            at++;
        }
        return at;
    }

    private static boolean isClosing(char c) {
        int type = Character.getType(c);
        return type == Character.END_PUNCTUATION || type == Character.FINAL_QUOTE_PUNCTUATION || c == '"' || c == '\'';
    }
}
