package dev.callboard.triggers;

import dev.callboard.spi.BlobStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a webhook takes in as the input of a task, as in a request for one: a text where it is one, else a file. Blocks. */
record HookInput(BlobStore blobs) {
    /** The most bytes of a text; a longer one is a file, as stages get it. */
    private static final int MAX_TEXT = 1 << 20;

    private static final Pattern TEXTUAL = Pattern.compile(
            "|text/.*|application/(.*[+.-])?(json|xml|yaml)|application/(x-ndjson|javascript|x-www-form-urlencoded)");

    /** @param type a media type in small letters without parameters, empty when it is not said */
    Map<String, Object> of(byte[] bytes, String type) throws IOException {
        Map<String, Object> item = new LinkedHashMap<>();
        Optional<String> text = TEXTUAL.matcher(type).matches() ? text(bytes) : Optional.empty();
        if (text.isPresent()) {
            item.put("text", text.get());
        } else {
            item.put("blob", blobs.put(new ByteArrayInputStream(bytes)));
        }
        item.put("name", type.endsWith("json") ? "body.json" : "body");
        if (!type.isEmpty()) {
            item.put("media_type", type);
        }
        return item;
    }

    private static Optional<String> text(byte[] bytes) {
        if (bytes.length > MAX_TEXT) {
            return Optional.empty();
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            // Exactly these bytes are kept, and what has such a character is no text.
            return text.indexOf('\0') < 0 ? Optional.of(text) : Optional.empty();
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
