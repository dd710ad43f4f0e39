package dev.callboard.documents.parse;

import dev.callboard.documents.charset.CharsetGuess;
import dev.callboard.documents.charset.Decoded;
import dev.callboard.documents.charset.Labels;
import dev.callboard.documents.charset.Terminal;
import dev.callboard.documents.charset.TextDecoder;
import dev.callboard.spi.StageFailure;

/**
 * The characters of plain text: by byte order mark, zero bytes, UTF-8 or the setting {@code charset}; else guessed on strong
 * evidence ({@link CharsetGuess}); else refused. Colours and overstriking of terminals go: they are no text.
 */
final class TextSource {
    private TextSource() {}

    private static int firstZero(byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == 0) {
                return i;
            }
        }
        return -1;
    }

    static Decoded of(Source source) throws StageFailure {
        if (Labels.find(source.charset()) == null) {
            throw StageFailure.permanent(
                    "invalid_settings", "The setting charset names no known charset: " + source.charset() + ".");
        }
        Decoded decoded = TextDecoder.decode(source.bytes(), source.charset());
        if (decoded == null && Labels.find(source.charset()).name().equals("UTF-8")) {
            decoded = CharsetGuess.decode(source.bytes());
        }
        int zero = firstZero(source.bytes());
        if (decoded == null && zero >= 0) {
            throw source.unreadable("is not text: byte " + (zero + 1) + " is 0, which no text has. The file is damaged, or"
                    + " something else than its name says");
        }
        if (decoded == null) {
            throw source.unreadable("is not " + Labels.find(source.charset()).name()
                    + " text; if it is text in another charset, name that in parse's setting charset");
        }
        if (decoded.guessed()) {
            source.log("is not UTF-8 and is taken for " + decoded.charset()
                    + "; if that is wrong, name its charset in parse's setting charset");
        }
        return new Decoded(Terminal.plain(decoded.text()), decoded.charset(), decoded.guessed());
    }
}
