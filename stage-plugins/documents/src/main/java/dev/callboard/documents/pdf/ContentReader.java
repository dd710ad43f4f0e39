package dev.callboard.documents.pdf;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.pdfbox.contentstream.PDFStreamEngine;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.contentstream.operator.markedcontent.BeginMarkedContentSequence;
import org.apache.pdfbox.contentstream.operator.markedcontent.BeginMarkedContentSequenceWithProperties;
import org.apache.pdfbox.contentstream.operator.markedcontent.EndMarkedContentSequence;
import org.apache.pdfbox.contentstream.operator.state.Concatenate;
import org.apache.pdfbox.contentstream.operator.state.Restore;
import org.apache.pdfbox.contentstream.operator.state.Save;
import org.apache.pdfbox.contentstream.operator.state.SetMatrix;
import org.apache.pdfbox.contentstream.operator.text.BeginText;
import org.apache.pdfbox.contentstream.operator.text.EndText;
import org.apache.pdfbox.contentstream.operator.text.MoveText;
import org.apache.pdfbox.contentstream.operator.text.MoveTextSetLeading;
import org.apache.pdfbox.contentstream.operator.text.NextLine;
import org.apache.pdfbox.contentstream.operator.text.SetCharSpacing;
import org.apache.pdfbox.contentstream.operator.text.SetTextHorizontalScaling;
import org.apache.pdfbox.contentstream.operator.text.SetTextLeading;
import org.apache.pdfbox.contentstream.operator.text.SetTextRenderingMode;
import org.apache.pdfbox.contentstream.operator.text.SetTextRise;
import org.apache.pdfbox.contentstream.operator.text.SetWordSpacing;
import org.apache.pdfbox.contentstream.operator.text.ShowText;
import org.apache.pdfbox.contentstream.operator.text.ShowTextAdjusted;
import org.apache.pdfbox.contentstream.operator.text.ShowTextLine;
import org.apache.pdfbox.contentstream.operator.text.ShowTextLineAndSpace;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType3Font;
import org.apache.pdfbox.pdmodel.font.encoding.GlyphList;
import org.apache.pdfbox.util.Matrix;
import org.apache.pdfbox.util.Vector;

/**
 * Runs the program that draws a page and takes note of each glyph and each straight line. Whatever else it draws is passed over. One instance reads a
 * whole document, so that its budgets hold for all pages together.
 */
final class ContentReader extends PDFStreamEngine {
    /** Drawing is a program, and a file can make it endless: forms that draw forms that draw forms. */
    private static final long MOST_OPERATORS = 20_000_000;

    private static final int CANCEL_CHECK = 4096;
    private static final GlyphList NAMES = names();

    /** The bullets of the fonts Symbol and Wingdings, which word processors write as private characters. */
    private static final String BULLETS = "\uF0B7\uF0A7\uF0D8\uF0FC\uF02D";

    private static final String BULLETS_SHOWN = "\u2022\u25AA\u27A2\u2713\u2013";

    private final BooleanSupplier cancelled;
    private final long maxCharacters;
    private final Map<PDFont, Typeface> faces = new HashMap<>();
    private final MarkedContent marked;
    private final DrawnBars bars;
    private List<DrawnGlyph> drawn = new ArrayList<>();
    private long operators;
    private long characters;

    ContentReader(Layers layers, BooleanSupplier cancelled, long maxCharacters) {
        this.cancelled = cancelled;
        this.maxCharacters = maxCharacters;
        this.marked = new MarkedContent(layers);
        this.bars = new DrawnBars(this);
        addOperator(new BeginText(this));
        addOperator(new EndText(this));
        addOperator(new Concatenate(this));
        addOperator(new Save(this));
        addOperator(new Restore(this));
        addOperator(new CheckedFonts.State(this));
        addOperator(new SetMatrix(this));
        addOperator(new MoveText(this));
        addOperator(new MoveTextSetLeading(this));
        addOperator(new NextLine(this));
        addOperator(new SetCharSpacing(this));
        addOperator(new CheckedFonts.Choose(this));
        addOperator(new SetTextHorizontalScaling(this));
        addOperator(new SetTextLeading(this));
        addOperator(new SetTextRenderingMode(this));
        addOperator(new SetTextRise(this));
        addOperator(new SetWordSpacing(this));
        addOperator(new ShowText(this));
        addOperator(new ShowTextAdjusted(this));
        addOperator(new ShowTextLine(this));
        addOperator(new ShowTextLineAndSpace(this));
        addOperator(new BeginMarkedContentSequence(this));
        addOperator(new BeginMarkedContentSequenceWithProperties(this));
        addOperator(new EndMarkedContentSequence(this));
        addOperator(new DrawForm(this, layers));
    }

    private static GlyphList names() {
        String more = "/org/apache/pdfbox/resources/glyphlist/additional.txt";
        try (InputStream in = GlyphList.class.getResourceAsStream(more)) {
            return new GlyphList(GlyphList.getAdobeGlyphList(), in);
        } catch (IOException e) {
            throw new UncheckedIOException("the glyph list of PDFBox cannot be read", e);
        }
    }

    /**
     * The glyphs of a page in the order in which they are drawn, and the straight lines. Both are taken as far as the page can be
     * read when this throws.
     */
    void read(PDPage page, List<DrawnGlyph> into, List<DrawnBar> lines) throws IOException {
        drawn = into;
        bars.into(lines);
        marked.clear();
        processPage(page);
    }

    @Override
    protected void processOperator(Operator operator, List<COSBase> operands) throws IOException {
        if (++operators > MOST_OPERATORS) {
            throw PdfRefused.tooLarge("draws its pages with more than " + MOST_OPERATORS + " instructions");
        }
        if (operators % CANCEL_CHECK == 0) {
            checkCancelled();
        }
        super.processOperator(operator, operands);
    }

    void checkCancelled() {
        if (cancelled.getAsBoolean()) {
            throw new PdfRefused(PdfParser.CANCELLED, "is no longer wanted");
        }
    }

    @Override
    public void beginMarkedContentSequence(COSName tag, COSDictionary properties) {
        marked.begin(tag, properties);
    }

    @Override
    public void endMarkedContentSequence() {
        marked.end();
    }

    /** A glyph of a Type 3 font is a small drawing; only its place and its name matter here. */
    @Override
    protected void showType3Glyph(Matrix place, PDType3Font font, int code, Vector advance) throws IOException {
        float height = Math.abs(
                font.getBoundingBox().getHeight() * font.getFontMatrix().getScaleY());
        show(place, font, code, advance, height > 0.2 && height < 5 ? height : 1);
    }

    @Override
    protected void showFontGlyph(Matrix place, PDFont font, int code, Vector advance) {
        show(place, font, code, advance, 1);
    }

    private void show(Matrix place, PDFont font, int code, Vector advance, float nominal) {
        if (++characters > maxCharacters) {
            throw PdfRefused.tooLarge("holds more than " + maxCharacters
                    + " characters of text, the most that a document may have (setting max_characters of parse)."
                    + " Split the file, or raise the setting");
        }
        if (characters % CANCEL_CHECK == 0) {
            checkCancelled();
        }
        String unicode = marked.replaced(text(font.toUnicode(code, NAMES)));
        if (unicode.isEmpty()) {
            return;
        }
        Typeface face = faces.computeIfAbsent(font, Typeface::of);
        drawn.add(DrawnGlyph.of(place, advance.getX(), nominal, unicode, face, marked.aside()));
    }

    /** Ligatures become their letters; a font that does not know, or that names private characters, says nothing. */
    private static String text(String unicode) {
        if (unicode == null || unicode.isEmpty()) {
            return Glyph.UNREADABLE;
        }
        int first = unicode.codePointAt(0);
        int bullet = BULLETS.indexOf(first);
        if (bullet >= 0) {
            return BULLETS_SHOWN.substring(bullet, bullet + 1);
        }
        if (first >= 0xFB00 && first <= 0xFB06) {
            return Normalizer.normalize(unicode, Normalizer.Form.NFKC);
        }
        boolean letterless = first == 0 || Character.getType(first) == Character.PRIVATE_USE;
        return letterless ? Glyph.UNREADABLE : unicode;
    }
}
