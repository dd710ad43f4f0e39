package dev.callboard.documents.ingest;

import dev.callboard.documents.input.Payload;
import dev.callboard.documents.input.Settings;
import dev.callboard.spi.StageFailure;
import java.util.List;

/**
 * The media types that are let in.
 *
 * @param types exact ones, a whole family such as {@code text/*}, or {@code any}
 */
record Accepted(List<String> types) {
    Accepted {
        types = List.copyOf(types);
    }

    private static final String ANY = "any";
    private static final String READABLE = "readable";

    /** The setting {@code accept}. */
    static Accepted from(Settings settings) throws StageFailure {
        List<String> types = settings.strings("accept", MediaTypes.PARSEABLE);
        return new Accepted(types.equals(List.of(READABLE)) ? MediaTypes.PARSEABLE : types);
    }

    /** Whether everything is let in, addresses too. */
    boolean any() {
        return types.equals(List.of(ANY));
    }

    /** Fails with one sentence, {@code unsupported_media_type}, when a payload's type is not among them. */
    void require(Payload payload) throws StageFailure {
        if (!any() && types.stream().noneMatch(type -> matches(type, payload.mediaType()))) {
            throw refusal(payload);
        }
    }

    private StageFailure refusal(Payload payload) {
        if (!MediaTypes.PARSEABLE.contains(payload.mediaType())) {
            return MediaTypes.notParseable(payload);
        }
        return StageFailure.permanent(
                "unsupported_media_type",
                payload.shownName() + " is " + payload.mediaType() + ", which this stage is set not to take; it takes "
                        + String.join(", ", types) + ".");
    }

    /** Markdown is plain text too. */
    private static boolean matches(String accepted, String type) {
        if (type.equals(MediaTypes.MARKDOWN) && accepted.equals(MediaTypes.TEXT)) {
            return true;
        }
        return accepted.endsWith("/*")
                ? type.startsWith(accepted.substring(0, accepted.length() - 1))
                : accepted.equals(type);
    }
}
