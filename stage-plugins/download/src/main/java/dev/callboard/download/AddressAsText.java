package dev.callboard.download;

import dev.callboard.spi.StageContext;
import dev.callboard.spi.StageFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;

/** A task that was given an address as a text: it means what is there, and would otherwise end with the address as its document. */
final class AddressAsText {
    private static final int MAX_BYTES = 8 * 1024;
    private static final Pattern ADDRESS = Pattern.compile("(?i)https?://[^\\s/]\\S*");

    private AddressAsText() {}

    /**
     * Looks at the texts of the task's input.
     *
     * @throws StageFailure {@code address_as_text} when one of them is an address and nothing else
     */
    static void refuse(StageContext context) throws StageFailure, IOException {
        for (Map<String, Object> input : context.inputs()) {
            if (!"text/plain".equals(input.get("media_type")) || !(input.get("blob") instanceof String blob)) {
                continue;
            }
            long size = context.blobs().size(blob);
            if (size <= 0 || size > MAX_BYTES) {
                continue;
            }
            String text;
            try (InputStream bytes = context.blobs().open(blob)) {
                text = new String(bytes.readAllBytes(), StandardCharsets.UTF_8).strip();
            }
            if (ADDRESS.matcher(text).matches()) {
                throw StageFailure.permanent(
                        "address_as_text",
                        "The task was given the text '" + shown(text)
                                + "', which is an address and nothing else. Give it"
                                + " to the task as an address ({\"url\": …}) to fetch what is there.");
            }
        }
    }

    /** Without what stands behind a question mark, which may be a key. */
    private static String shown(String address) {
        String plain = address.replaceFirst("[?#].*", "");
        return plain.length() <= 200 ? plain : plain.substring(0, 200) + "…";
    }
}
