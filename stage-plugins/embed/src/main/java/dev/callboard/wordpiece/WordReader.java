package dev.callboard.wordpiece;

/**
 * Reads a text word by word: cleaned, in lower case, without accents. Punctuation marks and ideographs are words of their own.
 * What was not asked for is not looked at, so the beginning of a long text costs no more than that of a short one.
 */
final class WordReader {
    private final String text;
    private final Vocabulary vocabulary;
    private final int most;
    private final StringBuilder word = new StringBuilder();
    private final StringBuilder ready = new StringBuilder();
    private int at;
    private int readyAt;
    private int points;
    private int special;

    /** @param most characters of a word that are kept; of longer ones it is only known that they are longer */
    WordReader(String text, Vocabulary vocabulary, int most) {
        this.text = text;
        this.vocabulary = vocabulary;
        this.most = most;
    }

    /** Goes to the next word; false at the end of the text. */
    boolean next() {
        word.setLength(0);
        points = 0;
        special = -1;
        while (true) {
            if (readyAt == ready.length() && !readOn()) {
                return special >= 0 || points > 0;
            }
            int point = ready.codePointAt(readyAt);
            boolean alone = Characters.isPunctuation(point);
            if (points > 0 && (alone || point == ' ')) {
                return true;
            }
            readyAt += Character.charCount(point);
            if (point != ' ') {
                take(point);
            }
            if (alone) {
                return true;
            }
        }
    }

    private void take(int point) {
        if (points++ < most) {
            word.appendCodePoint(point);
        }
    }

    /** Gets at least one more plain character ready; false where the text ends or one of the special tokens stands. */
    private boolean readOn() {
        ready.setLength(0);
        readyAt = 0;
        while (at < text.length() && ready.length() == 0) {
            String token = text.charAt(at) == '[' ? vocabulary.specialAt(text, at) : "";
            if (!token.isEmpty()) {
                if (points == 0) {
                    special = vocabulary.special(token);
                    at += token.length();
                }
                return false;
            }
            int point = text.codePointAt(at);
            at += Character.charCount(point);
            addPlain(point);
        }
        return ready.length() > 0;
    }

    private void addPlain(int point) {
        if (Characters.isDropped(point)) {
            return;
        }
        if (Characters.isSpace(point)) {
            ready.append(' ');
        } else if (point < 0x80) {
            ready.append((char) Character.toLowerCase(point));
        } else if (Characters.isIdeograph(point)) {
            ready.append(' ').append(Characters.plain(point)).append(' ');
        } else {
            ready.append(Characters.plain(point));
        }
    }

    /** The id of the special token that stands here, or -1 when it is a word. */
    int special() {
        return special;
    }

    /** The word. */
    String word() {
        return word.toString();
    }

    /** How many characters the word has. */
    int points() {
        return points;
    }
}
