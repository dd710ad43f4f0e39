package dev.callboard.documents.parse;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.callboard.documents.charset.Decoded;
import dev.callboard.documents.charset.TextDecoder;
import dev.callboard.spi.StageFailure;

/** Reads JSON with limits: 64 levels, numbers of 1,000 characters, no key twice in an object. */
final class Json {
    private static final int MAX_DEPTH = 64;
    private static final int MAX_NUMBER = 1000;
    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(MAX_NUMBER)
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .build();

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
