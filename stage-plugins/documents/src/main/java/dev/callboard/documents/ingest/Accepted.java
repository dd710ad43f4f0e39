package dev.callboard.documents.ingest;

import dev.callboard.documents.input.Payload;
import dev.callboard.spi.StageFailure;
import java.util.List;

/**
 * The media types that are let in.
 *
 * @param types exact ones, or a whole family such as {@code text/*}
 */
record Accepted(List<String> types) {
    Accepted {
        types = List.copyOf(types);
    }

    /** Fails with one sentence, {@code unsupported_media_type}, when a payload's type is not among them. */
    void require(Payload payload) throws StageFailure {
        if (types.stream().noneMatch(type -> matches(type, payload.mediaType()))) {
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

    private static boolean matches(String accepted, String type) {
        return accepted.endsWith("/*")
                ? type.startsWith(accepted.substring(0, accepted.length() - 1))
                : accepted.equals(type);
    }
}
