package dev.callboard.documents.pdf;

import java.io.IOException;
import java.util.List;
import org.apache.pdfbox.contentstream.PDFStreamEngine;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.contentstream.operator.state.SetGraphicsStateParameters;
import org.apache.pdfbox.contentstream.operator.text.SetFontAndSize;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSNumber;

/**
 * The operators that choose a font, with a look at it before PDFBox loads it: a range of widths takes twenty bytes in a file and
 * an entry for each of its characters in memory.
 */
final class CheckedFonts {
    /** Characters of a composite font are numbered with two bytes. */
    private static final long MOST_CHARACTERS = 65_536;

    private CheckedFonts() {}

    private static COSDictionary resource(PDFStreamEngine engine, List<COSBase> operands, COSName kind) {
        if (engine.getResources() == null || operands.isEmpty() || !(operands.get(0) instanceof COSName name)) {
            return null;
        }
        COSDictionary all = engine.getResources().getCOSObject().getCOSDictionary(kind);
        return all == null ? null : all.getCOSDictionary(name);
    }

    private static void check(COSBase font) {
        COSArray descendants =
                font instanceof COSDictionary dictionary ? dictionary.getCOSArray(COSName.DESCENDANT_FONTS) : null;
        for (int i = 0; descendants != null && i < descendants.size(); i++) {
            if (descendants.getObject(i) instanceof COSDictionary descendant) {
                ranges(descendant.getCOSArray(COSName.W), 1);
                ranges(descendant.getCOSArray(COSName.W2), 3);
            }
        }
    }

    /** A first character and a list of widths, or a first and a last one and so many numbers for all between. */
    private static void ranges(COSArray widths, int numbers) {
        for (int i = 0; widths != null && i + 1 < widths.size(); ) {
            if (widths.getObject(i) instanceof COSNumber first && widths.getObject(i + 1) instanceof COSNumber last) {
                if ((long) last.intValue() - first.intValue() > MOST_CHARACTERS) {
                    throw PdfRefused.unreadable("uses a font with widths for more characters than a font can have");
                }
                i += 2 + numbers;
            } else {
                i += widths.getObject(i) instanceof COSNumber ? 2 : 1;
            }
        }
    }

    /** {@code Tf}. */
    static final class Choose extends SetFontAndSize {
        Choose(PDFStreamEngine engine) {
            super(engine);
        }

        @Override
        public void process(Operator operator, List<COSBase> operands) throws IOException {
            check(resource(getContext(), operands, COSName.FONT));
            super.process(operator, operands);
        }
    }

    /** {@code gs}, which may choose a font too. */
    static final class State extends SetGraphicsStateParameters {
        State(PDFStreamEngine engine) {
            super(engine);
        }

        @Override
        public void process(Operator operator, List<COSBase> operands) throws IOException {
            COSDictionary state = resource(getContext(), operands, COSName.EXT_G_STATE);
            COSArray font = state == null ? null : state.getCOSArray(COSName.FONT);
            if (font != null && font.size() > 0) {
                check(font.getObject(0));
            }
            super.process(operator, operands);
        }
    }
}
