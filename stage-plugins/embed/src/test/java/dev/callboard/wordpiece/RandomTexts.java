package dev.callboard.wordpiece;

import java.util.List;
import java.util.Random;

/** Texts of many scripts, the same in every run. */
final class RandomTexts {
    private static final String[] WORDS =
            ("the Fever immunosorbent RVFV-12 naïve Ångström STRASSE straße x² 3.14% don't [CLS] [sep] [MASK] "
                            + "[UNK ##ing e\u0301le\u0300ve İstanbul ﬁnal 東京都 とうきょう 서울 한국어 Москва Ёлка Αθήνα ΣΊΣΥΦΟΣ القاهرة "
                            + "שלום नमस्ते ไทย 😀 👩‍🔬 a\u200Db soft\u00ADhyphen … “q” ≠ \u037E")
                    .split(" ");

    /** Ranges that letters are taken from. */
    private static final String[] SCRIPTS =
            ("20-7E 1-1F A0-24F 300-36F 370-3FF 400-52F 590-6FF 900-9FF E00-E7F 1100-11FF 1E00-1FFF 2000-206F "
                            + "2190-22FF 3000-30FF 4E00-9FFF AC00-D7A3 E000-E0FF F900-FAFF FE00-FEFF FF00-FFFF 1F300-1F6FF "
                            + "2A600-2B8FF E0001-E01FF 10000-11FFF")
                    .split(" ");

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
        String[] ends = SCRIPTS[random.nextInt(SCRIPTS.length)].split("-");
        int first = Integer.parseInt(ends[0], 16);
        int last = Integer.parseInt(ends[1], 16);
        int most = random.nextInt(50) == 0 ? 120 : 8;
        for (int letters = random.nextInt(most); letters > 0; letters--) {
            text.appendCodePoint(first + random.nextInt(last - first + 1));
        }
    }
}
