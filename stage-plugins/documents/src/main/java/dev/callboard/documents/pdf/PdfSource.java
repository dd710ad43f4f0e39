package dev.callboard.documents.pdf;

import java.util.function.BooleanSupplier;

/**
 * What the PDF parser reads.
 *
 * @param bytes all of them; not copied, not to be changed
 * @param maxPages more are refused
 * @param maxCharacters more are refused
 * @param cancelled asked for each page and now and then inside one
 * @param progress told each page that was read
 */
public record PdfSource(
        byte[] bytes, int maxPages, long maxCharacters, BooleanSupplier cancelled, PageProgress progress) {
    /** Hears how far the reading is. */
    @FunctionalInterface
    public interface PageProgress {
        /** So many pages of all are read. */
        void read(int pages, int all);
    }
}
