package dev.callboard.documents.parse;

import dev.callboard.documents.ingest.IngestStage;
import dev.callboard.documents.ingest.MediaTypes;
import dev.callboard.documents.input.Payload;
import dev.callboard.documents.input.Settings;
import dev.callboard.documents.input.StageInput;
import dev.callboard.documents.ir.DocumentBuilder;
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
 * Input: payloads, {@code [{sha256, size, media_type, name}]}. Output: the document IR of the one payload, or a list of
 * them for several.
 *
 * <p>Settings: {@code max_bytes} (default 50 MiB for each payload), {@code max_depth} (nesting of elements, default
 * 256), {@code language} (where the document does not say it; default none), {@code charset} (of plain text without a
 * byte order mark; default UTF-8).
 *
 * <p>Failures, all permanent: {@code no_input}, {@code missing_blob}, {@code input_too_large},
 * {@code unsupported_media_type}, {@code unreadable_document} (broken or hostile), {@code empty_document},
 * {@code invalid_settings}.
 */
public final class ParseStage implements Stage {
    private static final int MAX_DEPTH = 256;
    private static final int MIN_DEPTH_LIMIT = 8;
    private static final int MAX_DEPTH_LIMIT = 512;

    @Override
    public Object execute(StageContext context, Object input) throws Exception {
        Settings settings = new Settings(context.settings());
        List<Payload> payloads = StageInput.payloads(context, input);
        List<Map<String, Object>> documents = new ArrayList<>();
        for (Payload payload : payloads) {
            if (context.cancelled()) {
                throw new InterruptedException("cancelled");
            }
            context.progress(documents.size(), payloads.size(), payload.shownName());
            Map<String, Object> document = parse(context, settings, payload);
            documents.add(document);
            context.log(summary(payload, document));
        }
        context.progress(payloads.size(), payloads.size(), null);
        return documents.size() == 1 ? documents.get(0) : documents;
    }

    private static Map<String, Object> parse(StageContext context, Settings settings, Payload given)
            throws IOException, StageFailure, InterruptedException {
        byte[] bytes = read(context, given, settings);
        // Told again from the bytes: this stage may run without ingest, on what a client declared.
        String type = MediaTypes.of(Arrays.copyOf(bytes, Math.min(bytes.length, MediaTypes.HEAD)));
        Payload payload = new Payload(given.sha256(), bytes.length, type, given.name());
        int depth = (int) settings.integer("max_depth", MAX_DEPTH, MIN_DEPTH_LIMIT, MAX_DEPTH_LIMIT);
        Source source = new Source(payload, bytes, depth, settings.string("charset", "UTF-8"), context::cancelled);
        DocumentBuilder document = new DocumentBuilder(payload);
        document.lang(settings.string("language", ""));
        parserOf(payload).parse(source, document);
        if (document.size() == 0) {
            throw StageFailure.permanent("empty_document", payload.shownName() + " holds no text.");
        }
        return document.build();
    }

    private static DocumentParser parserOf(Payload payload) throws StageFailure {
        return switch (payload.mediaType()) {
            case MediaTypes.JATS -> new JatsParser();
            case MediaTypes.XML -> new XmlParser();
            case MediaTypes.HTML, MediaTypes.XHTML -> new HtmlParser();
            case MediaTypes.TEXT -> new TextParser();
            case MediaTypes.JSON -> new TrialParser();
            default -> throw MediaTypes.notParseable(payload);
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

    private static String summary(Payload payload, Map<String, Object> document) {
        Map<?, ?> meta = (Map<?, ?>) document.get("meta");
        return payload.shownName() + ": " + document.get("media_type") + ", "
                + ((List<?>) document.get("sections")).size() + " sections, "
                + ((List<?>) document.get("blocks")).size() + " blocks, " + meta.get("paragraphs") + " paragraphs, "
                + meta.get("references") + " references.";
    }
}
