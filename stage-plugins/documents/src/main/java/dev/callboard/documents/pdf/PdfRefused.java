package dev.callboard.documents.pdf;

/** Ends the reading of a file from inside PDFBox, which knows neither limits nor cancellation; never leaves this package. */
final class PdfRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;

    /**
     * A permanent failure.
     *
     * @param predicate the rest of a sentence that begins with the file's name, without the full stop
     */
    PdfRefused(String code, String predicate) {
        super(predicate, null, false, false);
        this.code = code;
    }

    static PdfRefused unreadable(String predicate) {
        return new PdfRefused("unreadable_document", predicate);
    }

    static PdfRefused tooLarge(String predicate) {
        return new PdfRefused("input_too_large", predicate);
    }

    String code() {
        return code;
    }
}
