package dev.callboard.documents.pdf;

import dev.callboard.documents.ir.CleanText;
import dev.callboard.documents.ir.DocumentBuilder;
import dev.callboard.documents.ir.Reference;
import dev.callboard.spi.Plural;
import dev.callboard.spi.StageFailure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;

/**
 * Reads a PDF: the text of its pages in reading order, with sections from its headings, and facts from its own information. What
 * is left out is named.
 *
 * <p>Failures, all permanent: {@code encrypted_document}, {@code no_text_layer}, {@code unreadable_document},
 * {@code input_too_large}.
 */
public final class PdfParser {
    static final String CANCELLED = "cancelled";

    private final PdfSource source;
    private final DocumentBuilder document;
    private final List<PageText> pages = new ArrayList<>();
    private final List<Integer> silent = new ArrayList<>();
    /** What is wrong with the first page that could not be read to its end, or null. */
    private String broken;

    private long visible;
    private long unreadable;
    private long characters;

    /**
     * A parser for one file.
     *
     * @param document empty; where the text goes
     */
    public PdfParser(PdfSource source, DocumentBuilder document) {
        this.source = source;
        this.document = document;
    }

    /** Reads the file into the document. */
    public void read() throws StageFailure, InterruptedException {
        try (PDDocument file = PdfFile.open(source.bytes())) {
            read(file);
        } catch (PdfRefused e) {
            if (e.code().equals(CANCELLED)) {
                throw new InterruptedException(CANCELLED);
            }
            throw failure(e.code(), e.getMessage());
        } catch (StackOverflowError e) {
            throw failure("unreadable_document", "nests its parts too deep");
        } catch (IOException | IllegalArgumentException | IllegalStateException | ClassCastException e) {
            throw failure("unreadable_document", "is a PDF that is damaged");
        }
    }

    private StageFailure failure(String code, String predicate) {
        return StageFailure.permanent(code, document.source().shownName() + " " + predicate + ".");
    }

    private void read(PDDocument file) throws IOException {
        int count = file.getNumberOfPages();
        if (count > source.maxPages()) {
            throw PdfRefused.tooLarge("has " + count + " pages; this stage takes at most " + source.maxPages()
                    + " (setting max_pages of parse). Split the file, or raise the setting");
        }
        ContentReader content = new ContentReader(new Layers(file), source.cancelled(), source.maxCharacters());
        BesideTheText beside = new BesideTheText(file, document);
        PageReader reader = new PageReader(content);
        int number = 0;
        for (PDPage page : file.getPages()) {
            content.checkCancelled();
            if (++number > source.maxPages()) {
                throw PdfRefused.tooLarge("has more than " + source.maxPages() + " pages (setting max_pages of parse)");
            }
            take(reader.read(page, number));
            beside.annotations(page, number);
            source.progress().read(number, Math.max(count, number));
        }
        if (number == 0) {
            throw PdfRefused.unreadable("is a PDF without a page");
        }
        refuseWithoutText(number);
        structure(file);
        beside.read();
        document.sourceCharacters(characters);
    }

    private void take(PageGlyphs page) {
        String where = "page " + page.number;
        if (page.broken != null) {
            document.leftOut(where, "a part that cannot be read: " + page.broken);
            broken = broken == null ? where + ", " + page.broken : broken;
        }
        for (Map.Entry<PageGlyphs.Aside, StringBuilder> aside : page.aside().entrySet()) {
            document.leftOut(where, aside.getKey().reason(), aside.getValue());
            characters += CleanText.length(aside.getValue());
        }
        visible += page.visible();
        unreadable += page.unreadable();
        if (page.visible() == 0) {
            silent.add(page.number);
        } else if (page.unreadable() * 2 > page.visible()) {
            document.leftOut(where, "glyphs of fonts that do not say which characters they are");
            silent.add(page.number);
        } else {
            if (page.unreadable() > 0) {
                document.leftOut(
                        where,
                        "glyphs of fonts that do not say which characters they are; U+FFFD stands for each",
                        Glyph.UNREADABLE.repeat((int) page.unreadable()));
            }
            PageText text = PageText.of(page);
            pages.add(text);
            for (List<Line> column : text.columns()) {
                column.forEach(line -> characters += CleanText.length(line.text()));
            }
        }
    }

    private void refuseWithoutText(int all) {
        if (visible > 0 && unreadable * 2 > visible) {
            throw new PdfRefused(
                    "unreadable_document",
                    "uses fonts that do not say which characters they show: " + unreadable + " of " + visible
                            + " glyphs cannot be read");
        }
        if (pages.isEmpty() && broken != null) {
            throw PdfRefused.unreadable("is a PDF whose pages are damaged: " + broken);
        }
        if (pages.isEmpty()) {
            throw new PdfRefused(
                    "no_text_layer",
                    "has no text layer: " + (all == 1 ? "its page has no" : "none of its " + all + " pages has")
                            + " text, as in a scan or a drawing. Let a program for text recognition (OCR) add it first, or start"
                            + " a task with the pipeline pdf-two-phase, which waits for the text that another program makes of"
                            + " it");
        }
        if (!silent.isEmpty()) {
            for (int page : silent) {
                document.leftOut(
                        "page " + page, "a page without text that can be read, such as a picture or a blank one");
            }
            document.meta("pages_without_text", List.copyOf(silent));
        }
    }

    private void structure(PDDocument file) {
        DocumentFacts facts = new DocumentFacts(file);
        facts.write(document);
        Furniture.remove(
                pages, (where, text) -> document.leftOut(where, "a line that stands at the edge of pages", text));
        Body body = Body.of(pages);
        Hyphens hyphens = new Hyphens();
        pages.forEach(page -> page.columns().forEach(hyphens::learn));
        Outline outline = Outline.of(file);
        Paragraphs paragraphs = new Paragraphs(body, outline, hyphens);
        pages.forEach(page -> page.columns().forEach(paragraphs::add));
        List<TextBlock> blocks = paragraphs.blocks();
        Headings headings = new Headings(body, outline);
        headings.mark(blocks);
        document.title(blocks.isEmpty() ? "" : Title.find(blocks, body, facts.title()));
        headings.unmarkAuthors(blocks);
        Formulas.mark(blocks);
        new Joins(hyphens).join(blocks);
        document.meta("outline", outline.size() == 0 ? null : Plural.of(outline.size(), "bookmark"));
        List<Reference> works = CitedWorks.take(blocks);
        works.forEach(document::reference);
        new Writer(document, new Citations(works)).write(blocks);
    }
}
