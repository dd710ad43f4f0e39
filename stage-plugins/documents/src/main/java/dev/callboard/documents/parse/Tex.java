package dev.callboard.documents.parse;

/** TeX as publishers put it into JATS: often a whole document with preamble around one formula. */
final class Tex {
    private static final String BEGIN = "\\begin{document}";
    private static final String END = "\\end{document}";

    private Tex() {}

    /** The formula alone, in TeX. */
    static String body(String tex) {
        int begin = tex.indexOf(BEGIN);
        if (begin < 0) {
            return tex;
        }
        int end = tex.indexOf(END, begin);
        return tex.substring(begin + BEGIN.length(), end < 0 ? tex.length() : end);
    }
}
