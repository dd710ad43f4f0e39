package dev.callboard.documents.parse;

import dev.callboard.documents.ingest.IngestStage;
import dev.callboard.documents.ingest.MediaTypes;
import dev.callboard.documents.input.FailedInputs;
import dev.callboard.documents.input.Payload;
import dev.callboard.documents.input.Settings;
import dev.callboard.documents.input.StageInput;
import dev.callboard.documents.ir.DocumentBuilder;
import dev.callboard.documents.pdf.PdfParser;
import dev.callboard.documents.pdf.PdfSource;
import dev.callboard.documents.pdf.PdfSource.PageProgress;
import dev.callboard.spi.Stage;
import dev.callboard.spi.StageContext;
import dev.callboard.spi.StageFailure;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Input: payloads, {@code [{sha256, size, media_type, name}]}. Output: the document IR of the one payload, or a list for
 * several documents; when some of several could not be read, {@code {documents: […], failed: [{name, error}]}}.
 *
 * <p>Each document says in {@code left_out} what of its source's text is not in it, and why; all other text is.
 *
 * <p>Settings: {@code max_bytes} (default 50 MiB for each payload), {@code max_characters} (of text in one document, default
 * 12,000,000; a document is written out with its text twice), {@code max_depth} (nesting of elements, default 256),
 * {@code language} (where the document does not say it; default none), {@code charset} (of plain text without a byte order mark
 * that is not UTF-8; default UTF-8: guessed where the text leaves no doubt), {@code max_pages} (of a PDF, default 5,000).
 *
 * <p>Failures, all permanent, of one payload or, where none could be read, of the stage: {@code no_input},
 * {@code missing_blob}, {@code input_too_large}, {@code unsupported_media_type}, {@code unreadable_document} (broken or
 * hostile), {@code encrypted_document} and {@code no_text_layer} (PDF), {@code empty_document}, {@code invalid_settings}.
 */
public final class ParseStage implements Stage {
    private static final int MAX_DEPTH = 256;
    private static final int MIN_DEPTH_LIMIT = 8;
    private static final int MAX_DEPTH_LIMIT = 512;
    private static final int MAX_PAGES = 5_000;
    private static final int MAX_PAGES_LIMIT = 50_000;
    private static final long MAX_CHARACTERS = 12_000_000;
    private static final long MAX_CHARACTERS_LIMIT = 28_000_000;

    @Override
    public Object execute(StageContext context, Object input) throws Exception {
        Settings settings = new Settings(context.settings());
        Source.Limits limits = new Source.Limits(
                (int) settings.integer("max_depth", MAX_DEPTH, MIN_DEPTH_LIMIT, MAX_DEPTH_LIMIT),
                settings.integer("max_characters", MAX_CHARACTERS, 1, MAX_CHARACTERS_LIMIT),
                settings.string("charset", "UTF-8"),
                settings.string("language", ""),
                (int) settings.integer("max_pages", MAX_PAGES, 1, MAX_PAGES_LIMIT));
        List<Payload> payloads = StageInput.payloads(context, input);
        FailedInputs failed = FailedInputs.before(input);
        boolean alone = payloads.size() == 1 && failed.isEmpty();
        List<Map<String, Object>> documents = new ArrayList<>();
        int done = 0;
        for (Payload payload : payloads) {
            if (context.cancelled()) {
                throw new InterruptedException("cancelled");
            }
            int before = done++;
            context.progress(before, payloads.size(), payload.shownName());
            PageProgress pages = (page, all) -> {
                String message = payload.shownName() + ", page " + page + " of " + all;
                context.progress(alone ? page : before, alone ? all : payloads.size(), message);
            };
            try {
                List<Map<String, Object>> read = parse(context, settings, limits, payload, pages);
                documents.addAll(read);
                read.forEach(document -> context.log(ParseSummary.of(payload, document)));
            } catch (StageFailure failure) {
                if (alone || failure.code().equals("invalid_settings")) {
                    throw failure;
                }
                failed.add(payload, failure);
                context.log(failure.getMessage());
            }
        }
        context.progress(payloads.size(), payloads.size(), null);
        return failed.beside("documents", documents, "unreadable_document");
    }

    private static List<Map<String, Object>> parse(
            StageContext context, Settings settings, Source.Limits limits, Payload given, PageProgress pages)
            throws IOException, StageFailure, InterruptedException {
        byte[] bytes = read(context, given, settings);
        // Told again from the bytes: this stage may run without ingest, on what a client declared.
        String type = MediaTypes.of(Arrays.copyOf(bytes, Math.min(bytes.length, MediaTypes.HEAD)));
        Payload payload = new Payload(given.sha256(), bytes.length, type, given.name());
        List<Map<String, Object>> documents = new ArrayList<>();
        Source source = new Source(payload, bytes, limits, context::cancelled, context::log, pages);
        for (DocumentBuilder document : parse(source)) {
            if (document.size() > 0) {
                documents.add(document.build());
            }
        }
        if (documents.isEmpty()) {
            throw StageFailure.permanent("empty_document", payload.shownName() + " holds no text.");
        }
        return documents;
    }

    private static DocumentBuilder pdf(Source source) throws StageFailure, InterruptedException {
        DocumentBuilder document = source.newDocument(1);
        Source.Limits limits = source.limits();
        new PdfParser(
                        new PdfSource(
                                source.bytes(),
                                limits.maxPages(),
                                limits.maxCharacters(),
                                source.cancelled(),
                                source.progress()),
                        document)
                .read();
        return document;
    }

    private static List<DocumentBuilder> parse(Source source) throws StageFailure, InterruptedException {
        return switch (source.payload().mediaType()) {
            case MediaTypes.JATS, MediaTypes.XML -> new XmlDocuments(source).read();
            case MediaTypes.HTML, MediaTypes.XHTML -> List.of(new HtmlParser(source).read());
            case MediaTypes.TEXT -> List.of(new TextParser(source).read());
            case MediaTypes.PDF -> List.of(pdf(source));
            case MediaTypes.JSON -> new TrialParser(source).read();
            default -> throw MediaTypes.notParseable(source.payload());
        };
    }

    private static byte[] read(StageContext context, Payload payload, Settings settings)
            throws IOException, StageFailure {
        long maxBytes = settings.integer("max_bytes", IngestStage.MAX_BYTES, 1, IngestStage.MAX_BYTES_LIMIT);
        byte[] bytes;
        try (InputStream in = context.blobs().open(payload.sha256())) {
            bytes = in.readNBytes((int) Math.min(maxBytes + 1, Integer.MAX_VALUE - 8));
        } catch (FileNotFoundException e) {
            throw StageFailure.permanent(
                    "missing_blob", payload.shownName() + " is not in the content store: upload it again.");
        }
        if (bytes.length > maxBytes) {
            throw StageFailure.permanent(
                    "input_too_large",
                    payload.shownName() + " has more than " + maxBytes + " bytes (setting max_bytes).");
        }
        if (bytes.length == 0) {
            throw StageFailure.permanent("empty_input", payload.shownName() + " is empty.");
        }
        return bytes;
    }
}
