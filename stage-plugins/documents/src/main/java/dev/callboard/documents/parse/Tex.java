package dev.callboard.documents.parse;

import dev.callboard.documents.ir.DocumentBuilder;

/** TeX as publishers put it into JATS: often a whole document with preamble around one formula. */
final class Tex {
    private static final String BEGIN = "\\begin{document}";
    private static final String END = "\\end{document}";

    private Tex() {}

    /** Names what was not taken of the formulas in a tree: what {@link #body} drops, and annotations. */
    static void leaveOut(XmlElement root, DocumentBuilder document) {
        root.eachElement(element -> {
            if (element.is("annotation", "annotation-xml") && element.isOpen()) {
                document.leftOut("annotation", "another notation of a formula that is kept", element.peek());
                element.takeAll();
            }
            if (element.is("tex-math") && !element.isOpen()) {
                String whole = element.peek();
                document.leftOut("tex-math", "the preamble of a formula in TeX", whole.replace(body(whole), " "));
            }
        });
    }

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
