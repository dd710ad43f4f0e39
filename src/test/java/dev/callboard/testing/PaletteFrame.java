package dev.callboard.testing;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What very many clients need of a frame of the palette, read without making a tree of it.
 *
 * @param kind of the frame
 * @param revision -1 when it has none
 * @param epoch null when it has none
 * @param marks the numbers of the entries {@code mark-NUMBER}, in the order of the frame
 */
record PaletteFrame(String kind, long revision, @Nullable String epoch, List<Integer> marks) {
    /** How the ids of the entries begin whose way to the clients is followed. */
    static final String MARK = "mark-";

    private static final JsonFactory JSON = new JsonFactory();

    static PaletteFrame of(byte[] text) throws IOException {
        String kind = "";
        long revision = -1;
        String epoch = null;
        List<Integer> marks = new ArrayList<>();
        int depth = 0;
        try (JsonParser parser = JSON.createParser(text)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isStructStart()) {
                    depth++;
                } else if (token.isStructEnd()) {
                    depth--;
                } else if (token.isScalarValue()) {
                    String name = String.valueOf(parser.currentName());
                    if (name.equals("id") && parser.getText().startsWith(MARK)) {
                        marks.add(Integer.valueOf(parser.getText().substring(MARK.length())));
                    } else if (depth == 1 && name.equals("kind")) {
                        kind = parser.getText();
                    } else if (depth == 1 && name.equals("revision")) {
                        revision = parser.getLongValue();
                    } else if (depth == 1 && name.equals("epoch")) {
                        epoch = parser.getText();
                    }
                }
            }
        }
        return new PaletteFrame(kind, revision, epoch, marks);
    }
}
