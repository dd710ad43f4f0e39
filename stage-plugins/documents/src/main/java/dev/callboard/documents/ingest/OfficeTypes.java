package dev.callboard.documents.ingest;

import dev.callboard.documents.input.Payload;
import dev.callboard.spi.StageFailure;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The Office formats, which the optional office plugin reads for the stage parse. */
public final class OfficeTypes {
    /** The question that parse asks the plugin. */
    public static final String QUESTION = "read-office";

    static final String DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    static final String PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation";
    static final String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    static final String ODT = "application/vnd.oasis.opendocument.text";

    /** Also that of newer files with a password. */
    static final String BEFORE_2007 = "application/x-ole-storage";

    static final List<String> ALL = List.of(DOCX, PPTX, XLSX, ODT);

    private OfficeTypes() {}

    /** Whether the office plugin reads it. */
    public static boolean has(String mediaType) {
        return ALL.contains(mediaType);
    }

    static Optional<String> ofName(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return Optional.ofNullable(
                switch (lower.substring(lower.lastIndexOf('.') + 1)) {
                    case "docx" -> DOCX;
                    case "pptx" -> PPTX;
                    case "xlsx" -> XLSX;
                    case "odt" -> ODT;
                    default -> null;
                });
    }

    /** What to do about a file that no plugin reads. */
    static Optional<String> before2007(Payload payload) {
        return payload.mediaType().equals(BEFORE_2007)
                ? Optional.of(payload.shownName()
                        + " is a file of Office before 2007, or one with a password, which this version"
                        + " cannot parse: save it as docx, pptx, xlsx or odt, without a password.")
                : Optional.empty();
    }

    /** No plugin answers {@link #QUESTION}. */
    public static StageFailure pluginIsMissing(Payload payload) {
        return StageFailure.permanent(
                "missing_plugin",
                payload.shownName() + " is an Office file, and the plugin that reads those is not installed: put"
                        + " callboard-office-0.1.0.jar into the plugins folder (stage-plugins/office makes it) and start the"
                        + " stage again.");
    }
}
