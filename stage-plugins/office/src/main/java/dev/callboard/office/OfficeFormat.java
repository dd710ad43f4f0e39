package dev.callboard.office;

import dev.callboard.documents.input.Payload;
import dev.callboard.documents.ir.DocumentBuilder;
import dev.callboard.spi.StageFailure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The formats that are read, each known by its main part. */
enum OfficeFormat {
    /** Word. */
    DOCX("word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    /** PowerPoint. */
    PPTX("ppt/presentation.xml", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    /** Excel. */
    XLSX("xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    /** OpenDocument text. */
    ODT("content.xml", "application/vnd.oasis.opendocument.text");

    private final String main;
    private final String mediaType;

    OfficeFormat(String main, String mediaType) {
        this.main = main;
        this.mediaType = mediaType;
    }

    /**
     * Reads a file.
     *
     * @param sinks makes a sink for a payload with its true media type
     * @return a document IR
     */
    static Map<String, Object> read(Payload given, byte[] bytes, Function<Payload, Sink> sinks)
            throws IOException, StageFailure, InterruptedException {
        try (OfficeFile file = OfficeFile.of(given, bytes)) {
            OfficeFormat format = of(given, file);
            Sink sink = sinks.apply(new Payload(given.sha256(), bytes.length, format.mediaType, given.name()));
            switch (format) {
                case DOCX -> new DocxReader(file, sink).read();
                case PPTX -> new PptxReader(file, sink).read();
                case XLSX -> new XlsxReader(file, sink).read();
                case ODT -> new OdtReader(file, sink).read();
            }
            if (format != ODT) {
                core(file, sink.document());
            }
            sink.end();
            if (sink.document().size() == 0) {
                throw OfficeFile.failure(given, "empty_document", "holds no text");
            }
            return sink.document().build();
        }
    }

    private static OfficeFormat of(Payload given, OfficeFile file) throws IOException, StageFailure {
        for (OfficeFormat format : values()) {
            if (file.has(format.main) && (format != ODT || isText(file))) {
                return format;
            }
        }
        throw OfficeFile.failure(
                given,
                "unsupported_media_type",
                "is a zip file, but none of docx, pptx, xlsx and odt, which parse-office takes; all else is for the stage parse");
    }

    /** Not a spreadsheet, a presentation or a drawing of OpenDocument; an encrypted one says so in its manifest alone. */
    private static boolean isText(OfficeFile file) throws IOException, StageFailure {
        Element manifest = file.root("META-INF/manifest.xml");
        if (!manifest.below("encryption-data").isEmpty()) {
            throw file.encrypted();
        }
        List<Element> whole = manifest.children("file-entry").stream()
                .filter(entry -> entry.attribute("full-path").equals("/"))
                .toList();
        return whole.isEmpty() || whole.get(0).attribute("media-type").startsWith(ODT.mediaType);
    }

    /** What the file says of itself (ISO/IEC 29500-2, 11): the document's own title goes before the file's. */
    private static void core(OfficeFile file, DocumentBuilder document) throws IOException, StageFailure {
        Element core = file.root("docProps/core.xml");
        if (!document.hasTitle()) {
            document.title(core.at("title").text());
        }
        List<String> authors = new ArrayList<>();
        for (String author : core.at("creator").text().split(";")) {
            if (!author.isBlank()) {
                authors.add(author.strip());
            }
        }
        document.meta("authors", authors);
        document.meta("keywords", core.at("keywords").text().strip());
        document.meta("description", core.at("description").text().strip());
        document.meta("created", core.at("created").text().strip());
        document.lang(core.at("language").text().strip());
    }
}
