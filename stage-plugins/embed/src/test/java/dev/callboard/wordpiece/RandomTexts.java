package dev.callboard.wordpiece;

import java.util.List;
import java.util.Random;

/** Texts of many scripts, the same in every run. */
final class RandomTexts {
    private static final String[] WORDS = {
        "the", "Fever", "immunosorbent", "RVFV-12", "naïve", "Ångström", "STRASSE", "straße", "x²", "3.14%", "don't", "[CLS]",
        "[sep]", "[MASK]", "[UNK", "##ing", "e\u0301le\u0300ve", "İstanbul", "ﬁnal", "東京都", "とうきょう", "서울", "한국어", "Москва",
        "Ёлка", "Αθήνα", "ΣΊΣΥΦΟΣ", "القاهرة", "שלום", "नमस्ते", "ไทย", "😀", "👩‍🔬", "a\u200Db", "soft\u00ADhyphen", "…", "“q”", "≠", "\u037E"
    };

    /** First and last code point of what is taken from. */
    private static final int[][] SCRIPTS = {
        {0x20, 0x7E}, {0x01, 0x1F}, {0xA0, 0x24F}, {0x300, 0x36F}, {0x370, 0x3FF}, {0x400, 0x52F}, {0x590, 0x6FF}, {0x900, 0x9FF},
        {0xE00, 0xE7F}, {0x1100, 0x11FF}, {0x1E00, 0x1FFF}, {0x2000, 0x206F}, {0x2190, 0x22FF}, {0x3000, 0x30FF}, {0x4E00, 0x9FFF},
        {0xAC00, 0xD7A3}, {0xE000, 0xE0FF}, {0xF900, 0xFAFF}, {0xFE00, 0xFEFF}, {0xFF00, 0xFFFF}, {0x1F300, 0x1F6FF}, {0x2A600, 0x2B8FF},
        {0xE0001, 0xE01FF}, {0x10000, 0x11FFF}
    };

    private final Random random;

    RandomTexts(long seed) {
        random = new Random(seed);
    }

    /** A text of up to some sixty words, some of them of no language. */
    String next() {
        StringBuilder text = new StringBuilder();
        for (int words = random.nextInt(60); words > 0; words--) {
            if (random.nextInt(3) == 0) {
                addLetters(text);
            } else {
                text.append(WORDS[random.nextInt(WORDS.length)]);
            }
            text.append(List.of(" ", " ", "\n", "", "\u00A0", ", ").get(random.nextInt(6)));
        }
        return text.toString();
    }

    private void addLetters(StringBuilder text) {
        int[] script = SCRIPTS[random.nextInt(SCRIPTS.length)];
        int most = random.nextInt(50) == 0 ? 120 : 8;
        for (int letters = random.nextInt(most); letters > 0; letters--) {
            text.appendCodePoint(script[0] + random.nextInt(script[1] - script[0] + 1));
        }
    }
}
