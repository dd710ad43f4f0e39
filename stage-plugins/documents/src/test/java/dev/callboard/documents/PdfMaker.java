package dev.callboard.documents;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.apache.pdfbox.util.Matrix;

/** Sets pages as a printer would: lines at places, with positions counted from the top. Letter paper, Times 10 on 12 points. */
final class PdfMaker implements AutoCloseable {
    static final float WIDTH = PDRectangle.LETTER.getWidth();
    static final float HEIGHT = PDRectangle.LETTER.getHeight();
    static final float LEADING = 12;

    final PDFont plain = new PDType1Font(Standard14Fonts.FontName.TIMES_ROMAN);
    final PDFont bold = new PDType1Font(Standard14Fonts.FontName.TIMES_BOLD);
    final PDFont fixed = new PDType1Font(Standard14Fonts.FontName.COURIER);
    final PDDocument document = new PDDocument();
    PDPage page;
    private PDPageContentStream content;

    PdfMaker page() throws IOException {
        finishPage();
        page = new PDPage(PDRectangle.LETTER);
        document.addPage(page);
        content = new PDPageContentStream(document, page);
        return this;
    }

    private void finishPage() throws IOException {
        if (content != null) {
            content.close();
            content = null;
        }
    }

    PDPageContentStream content() {
        return content;
    }

    PdfMaker text(PDFont font, float size, float x, float top, String text) throws IOException {
        content.beginText();
        content.setFont(font, size);
        content.newLineAtOffset(x, HEIGHT - top);
        content.showText(text);
        content.endText();
        return this;
    }

    PdfMaker rotated(float size, float x, float top, double degrees, String text) throws IOException {
        content.beginText();
        content.setFont(plain, size);
        content.setTextMatrix(Matrix.getRotateInstance(Math.toRadians(degrees), x, HEIGHT - top));
        content.showText(text);
        content.endText();
        return this;
    }

    PdfMaker centred(PDFont font, float size, float top, String text) throws IOException {
        return text(font, size, (WIDTH - width(font, size, text)) / 2, top, text);
    }

    static float width(PDFont font, float size, String text) throws IOException {
        return font.getStringWidth(text) / 1000 * size;
    }

    /** The lines of a paragraph of body text. */
    List<String> lines(float width, String text) throws IOException {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ")) {
            String longer = line.isEmpty() ? word : line + " " + word;
            if (!line.isEmpty() && width(plain, 10, longer) > width) {
                lines.add(line.toString());
                line = new StringBuilder(word);
            } else {
                line = new StringBuilder(longer);
            }
        }
        lines.add(line.toString());
        return lines;
    }

    /** Sets lines justified to a width, but for the last one when it ends the paragraph; gives where the next one goes. */
    float set(List<String> lines, float x, float top, float width, boolean ends) throws IOException {
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            int gaps = line.length() - line.replace(" ", "").length();
            float spare = width - width(plain, 10, line);
            boolean justified = gaps > 0 && !(ends && i == lines.size() - 1);
            content.setWordSpacing(justified ? spare / gaps : 0);
            text(plain, 10, x, top, line);
            content.setWordSpacing(0);
            top += LEADING;
        }
        return top;
    }

    float paragraph(float x, float top, float width, String text) throws IOException {
        return set(lines(width, text), x, top, width, true) + LEADING / 2;
    }

    byte[] bytes() throws IOException {
        finishPage();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        document.save(out);
        return out.toByteArray();
    }

    @Override
    public void close() throws IOException {
        finishPage();
        document.close();
    }

    /** Numbered words in sentences, so that each says where it belongs: {@code North one two three …}. */
    static String prose(String name, int sentences) {
        String[] words = {
            "gauge", "records", "the", "height", "of", "water", "at", "every", "hour", "and", "keeps", "it", "for",
            "later"
        };
        StringBuilder text = new StringBuilder();
        for (int i = 1; i <= sentences; i++) {
            text.append(i == 1 ? "" : " ").append("The ").append(name).append(i);
            for (int w = 0; w < words.length - i % 5; w++) {
                text.append(' ').append(words[w]);
            }
            text.append('.');
        }
        return text.toString();
    }
}
