package dev.callboard.documents.pdf;

import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDFontDescriptor;

/**
 * How a font looks, as far as that tells headings from text.
 *
 * @param bold by its name, its descriptor's weight or flags
 * @param italic likewise
 * @param fixed whether all its letters are as wide, as those of program code
 * @param name of the font
 */
record Typeface(boolean bold, boolean italic, boolean fixed, String name) {
    private static final int BOLD_WEIGHT = 600;
    private static final Pattern BOLD =
            Pattern.compile("bold|black|heavy|demi|medi(?!um)|-bd|cmb|cmssb|sfbx|ecbx|lmromandemi|\\.b$|,b$");
    private static final Pattern ITALIC = Pattern.compile("ital|obli|slant|cmti|cmsl|sfti|ecti|-it$|\\.i$|,i$");

    private static final Pattern FIXED =
            Pattern.compile("mono|nimbusmon|courier|cmtt|typewriter|consol|sftt|ectt|txtt|t1xtt|pcr");

    static Typeface of(PDFont font) {
        String name = font.getName() == null ? "" : font.getName().toLowerCase(Locale.ROOT);
        name = name.substring(name.indexOf('+') + 1);
        PDFontDescriptor descriptor = font.getFontDescriptor();
        boolean heavy = descriptor != null && (descriptor.isForceBold() || descriptor.getFontWeight() >= BOLD_WEIGHT);
        boolean leans = descriptor != null && descriptor.isItalic();
        boolean pitch = descriptor != null && descriptor.isFixedPitch();
        return new Typeface(
                heavy || BOLD.matcher(name).find(),
                leans || ITALIC.matcher(name).find(),
                pitch || FIXED.matcher(name).find(),
                name);
    }
}
