package dev.callboard.office;

import dev.callboard.documents.input.Payload;
import dev.callboard.documents.ir.BlockKind;
import dev.callboard.documents.ir.CleanText;
import dev.callboard.documents.ir.DocumentBuilder;
import dev.callboard.spi.StageFailure;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BooleanSupplier;

/** Takes the blocks of a file in order. Headings open sections by their level. Too much text, or a cancellation, ends the reading. */
final class Sink {
    private final DocumentBuilder document;
    private final Payload payload;
    private final long maxCharacters;
    private final BooleanSupplier cancelled;
    private final Deque<Heading> open = new ArrayDeque<>();
    private long characters;

    private record Heading(int level, String section) {}

    Sink(DocumentBuilder document, long maxCharacters, BooleanSupplier cancelled) {
        this.document = document;
        this.payload = document.source();
        this.maxCharacters = maxCharacters;
        this.cancelled = cancelled;
    }

    DocumentBuilder document() {
        return document;
    }

    /** Opens a section, whose title is a block too. */
    void heading(int level, String title) throws StageFailure, InterruptedException {
        if (title.isBlank()) {
            return;
        }
        while (!open.isEmpty() && open.peek().level >= level) {
            open.pop();
        }
        open.push(new Heading(level, document.section(section(), title)));
        block(BlockKind.HEADING, title);
    }

    /** Adds a block to the open section; one without visible text is left out. */
    void block(BlockKind kind, CharSequence text) throws StageFailure, InterruptedException {
        if (cancelled.getAsBoolean()) {
            throw new InterruptedException("cancelled");
        }
        characters += CleanText.length(text);
        if (characters > maxCharacters) {
            throw OfficeFile.failure(
                    payload,
                    "input_too_large",
                    "holds more than " + maxCharacters + " characters of text; a document may have " + maxCharacters
                            + " (setting max_characters of parse-office). Split the file, or raise the setting");
        }
        document.block(section(), kind, text);
    }

    private String section() {
        return open.isEmpty() ? null : open.peek().section;
    }

    /** Says how much text the source has: all that was taken and all that was left out. */
    void end() {
        document.sourceCharacters(characters + document.charactersLeftOut());
    }
}
