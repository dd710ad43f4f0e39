package dev.callboard.documents.parse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callboard.documents.charset.Decoded;
import dev.callboard.documents.charset.TextDecoder;
import dev.callboard.documents.input.StrictJson;
import dev.callboard.spi.StageFailure;

/** Reads JSON within the limits of {@link StrictJson}. */
final class Json {
    private static final ObjectMapper MAPPER = StrictJson.mapper(Integer.MAX_VALUE);

    private Json() {}

    /** The whole document as a tree. */
    static JsonNode read(Source source) throws StageFailure {
        try {
            Decoded decoded = TextDecoder.decode(source.bytes(), "");
            if (decoded == null) {
                throw source.unreadable("is not valid JSON: it has bytes that are not UTF-8");
            }
            return MAPPER.readTree(decoded.text());
        } catch (JsonProcessingException e) {
            String where = e.getLocation() == null
                    ? ""
                    : " (line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + ")";
            throw source.unreadable(
                    "is not valid JSON: " + e.getOriginalMessage().replaceAll("\\s+", " ") + where);
        }
    }
}
