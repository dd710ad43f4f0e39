package dev.callboard.documents.parse;

import dev.callboard.documents.ingest.IngestStage;
import dev.callboard.documents.ingest.MediaTypes;
import dev.callboard.documents.ingest.OfficeTypes;
import dev.callboard.documents.input.GivenDocument;
import dev.callboard.documents.input.Payload;
import dev.callboard.documents.input.Settings;
import dev.callboard.documents.ir.DocumentBuilder;
import dev.callboard.documents.pdf.PdfParser;
import dev.callboard.documents.pdf.PdfSource;
import dev.callboard.documents.pdf.PdfSource.PageProgress;
import dev.callboard.spi.StageContext;
import dev.callboard.spi.StageFailure;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads payloads one by one, each by the parser for what its bytes are. */
final class PayloadReader {
    private static final int MAX_DEPTH = 256;
    private static final int MIN_DEPTH_LIMIT = 8;
    private static final int MAX_DEPTH_LIMIT = 512;
    private static final int MAX_PAGES = 5_000;
    private static final int MAX_PAGES_LIMIT = 50_000;
    private static final long MAX_CHARACTERS = 12_000_000;
    private static final long MAX_CHARACTERS_LIMIT = 28_000_000;

    private final StageContext context;
    private final Source.Limits limits;
    private final long maxBytes;

    /** Checks the stage's settings. */
    PayloadReader(StageContext context) throws StageFailure {
        Settings settings = new Settings(context.settings());
        this.context = context;
        this.limits = new Source.Limits(
                (int) settings.integer("max_depth", MAX_DEPTH, MIN_DEPTH_LIMIT, MAX_DEPTH_LIMIT),
                settings.integer("max_characters", MAX_CHARACTERS, 1, MAX_CHARACTERS_LIMIT),
                settings.string("charset", "UTF-8"),
                settings.string("language", ""),
                (int) settings.integer("max_pages", MAX_PAGES, 1, MAX_PAGES_LIMIT));
        this.maxBytes = settings.integer("max_bytes", IngestStage.MAX_BYTES, 1, IngestStage.MAX_BYTES_LIMIT);
    }

    /**
     * The documents in a payload.
     *
     * @param pages told how far the reading of pages is
     * @return at least one
     */
    List<Map<String, Object>> read(Payload given, PageProgress pages)
            throws IOException, StageFailure, InterruptedException {
        byte[] bytes = bytes(given);
        // Told again from the bytes: this stage may run without ingest, on what a client declared.
        String type = MediaTypes.of(Arrays.copyOf(bytes, Math.min(bytes.length, MediaTypes.HEAD)), given);
        Payload payload = new Payload(given.sha256(), bytes.length, type, given.name());
        if (OfficeTypes.has(type)) {
            return List.of(office(payload));
        }
        Source source = new Source(payload, bytes, limits, context::cancelled, context::log, pages);
        List<Map<String, Object>> documents = new ArrayList<>();
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

    /** Read by another plugin, which stores the document and answers where. */
    private Map<String, Object> office(Payload payload) throws IOException, StageFailure, InterruptedException {
        Map<String, Object> question = new LinkedHashMap<>(payload.toMap());
        question.put("max_bytes", maxBytes);
        question.put("max_characters", limits.maxCharacters());
        question.put("language", limits.language());
        Map<String, Object> answer =
                context.ask(OfficeTypes.QUESTION, question).orElseThrow(() -> OfficeTypes.pluginIsMissing(payload));
        Map<String, Object> document = new LinkedHashMap<>();
        GivenDocument.ofBlob(context, String.valueOf(answer.get("blob")))
                .read()
                .forEach((key, value) -> document.put(String.valueOf(key), value));
        return document;
    }

    private static List<DocumentBuilder> parse(Source source) throws StageFailure, InterruptedException {
        return switch (source.payload().mediaType()) {
            case MediaTypes.JATS, MediaTypes.XML -> new XmlDocuments(source).read();
            case MediaTypes.HTML, MediaTypes.XHTML -> List.of(new HtmlParser(source).read());
            case MediaTypes.MARKDOWN -> List.of(new MarkdownParser(source).read());
            case MediaTypes.TEXT -> List.of(new TextParser(source).read());
            case MediaTypes.PDF -> List.of(pdf(source));
            case MediaTypes.JSON -> new TrialParser(source).read();
            default -> throw MediaTypes.notParseable(source.payload());
        };
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

    private byte[] bytes(Payload payload) throws IOException, StageFailure {
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
