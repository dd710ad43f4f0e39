package dev.callboard.documents.charset;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What a charset's label means on the web, which is not always what its name says: {@code iso-8859-1} is windows-1252,
 * {@code gb2312} is GB 18030, {@code shift_jis} is windows-31j. The table is {@code encodings.txt} beside this class; other
 * labels are looked up among Java's charsets.
 */
public final class Labels {
    private static final Map<String, String> TABLE = load();

    private Labels() {}

    /**
     * The charset that a label means.
     *
     * @return null when nothing here decodes it
     */
    public static Charset find(String label) {
        String key = label.strip().toLowerCase(Locale.ROOT);
        String name = TABLE.getOrDefault(key, key);
        try {
            return !name.equals("-") && Charset.isSupported(name) ? Charset.forName(name) : null;
        } catch (IllegalCharsetNameException e) {
            return null;
        }
    }

    private static Map<String, String> load() {
        Map<String, String> table = new HashMap<>();
        try (InputStream in = Labels.class.getResourceAsStream("encodings.txt");
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int colon = line.indexOf(": ");
                if (!line.startsWith("#") && colon > 0) {
                    for (String label : line.substring(colon + 2).split(" ")) {
                        table.put(label, line.substring(0, colon));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the table of charsets in this plugin's jar cannot be read", e);
        }
        return table;
    }
}
