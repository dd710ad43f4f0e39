package dev.callboard.documents.parse;

import dev.callboard.documents.input.Payload;
import dev.callboard.documents.ir.DocumentBuilder;
import dev.callboard.documents.pdf.PdfSource.PageProgress;
import dev.callboard.spi.StageFailure;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * What a parser reads.
 *
 * @param payload with the media type that the bytes show
 * @param bytes all of them; not copied, not to be changed
 * @param limits what the stage's settings say
 * @param cancelled asked now and then in long loops
 * @param logger takes whole sentences
 * @param progress told how far the reading of pages is
 */
record Source(
        Payload payload,
        byte[] bytes,
        Limits limits,
        BooleanSupplier cancelled,
        Consumer<String> logger,
        PageProgress progress) {
    /**
     * The settings of the stage.
     *
     * @param maxDepth how deep elements may nest
     * @param maxCharacters the most characters of text of one document
     * @param charset the label of the charset of plain text without a byte order mark
     * @param language of documents that do not say it; possibly empty
     * @param maxPages the most pages of one document
     */
    record Limits(int maxDepth, long maxCharacters, String charset, String language, int maxPages) {}

    int maxDepth() {
        return limits.maxDepth();
    }

    String charset() {
        return limits.charset();
    }

    /** The same bytes, known to be of a type. */
    Source as(String mediaType) {
        Payload same = new Payload(payload.sha256(), payload.size(), mediaType, payload.name());
        return new Source(same, bytes, limits, cancelled, logger, progress);
    }

    /** An empty document; {@code number} counts from 1. */
    DocumentBuilder newDocument(int number) {
        return new DocumentBuilder(payload, number).lang(limits.language());
    }

    /** Logs a sentence about this source, whose name comes first; without the full stop. */
    void log(String predicate) {
        logger.accept(payload.shownName() + " " + predicate + ".");
    }

    /** Ends the parsing when the execution was cancelled. */
    void checkCancelled() throws InterruptedException {
        if (cancelled.getAsBoolean()) {
            throw new InterruptedException("cancelled");
        }
    }

    /** Fails before the work when the source holds more text than a document may have. */
    void checkLength(long characters) throws StageFailure {
        if (characters > limits.maxCharacters()) {
            throw StageFailure.permanent(
                    "input_too_large",
                    payload.shownName() + " holds " + characters + " characters of text or more; a document may have "
                            + limits.maxCharacters()
                            + " (setting max_characters of parse). Split the file, or raise the setting.");
        }
    }

    /**
     * A failure about this source.
     *
     * @param predicate the rest of a sentence that begins with the file's name, without the full stop
     */
    StageFailure unreadable(String predicate) {
        return StageFailure.permanent("unreadable_document", payload.shownName() + " " + predicate + ".");
    }
}
