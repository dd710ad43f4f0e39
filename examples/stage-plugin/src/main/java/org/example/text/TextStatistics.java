package org.example.text;

import dev.callboard.spi.Stage;
import dev.callboard.spi.StageContext;
import dev.callboard.spi.StageFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Counts words: {@code {words, distinct, top: [{word, count}]}}. Takes a document, or the task's first input as text. */
final class TextStatistics implements Stage {
    private static final Pattern WORD = Pattern.compile("\\p{L}[\\p{L}\\p{M}'’-]*");

    @Override
    public Object execute(StageContext context, Object input) throws StageFailure, IOException, InterruptedException {
        String text = text(context, input);
        int minLength = ((Number) context.settings().get("min_length")).intValue();
        Map<String, Long> counts = new TreeMap<>();
        long words = 0;
        Matcher matcher = WORD.matcher(text);
        while (matcher.find()) {
            if (++words % 10_000 == 0) {
                if (context.cancelled()) {
                    throw new InterruptedException("cancelled");
                }
                context.progress(matcher.end(), text.length(), words + " words");
            }
            if (matcher.group().codePointCount(0, matcher.group().length()) >= minLength) {
                counts.merge(matcher.group().toLowerCase(Locale.ROOT), 1L, Long::sum);
            }
        }
        context.log(words + " words");
        context.writeLedger("words", words);
        return Map.of("words", words, "distinct", counts.size(), "top", top(counts, context));
    }

    private static List<Map<String, Object>> top(Map<String, Long> counts, StageContext context) {
        int limit = ((Number) context.settings().get("top")).intValue();
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(limit)
                .map(entry -> {
                    Map<String, Object> row = new LinkedHashMap<>();
                    row.put("word", entry.getKey());
                    row.put("count", entry.getValue());
                    return row;
                })
                .toList();
    }

    /** The text of a document, which is what {@code parse} gives; as a first stage, the bytes of the task's first input. */
    private static String text(StageContext context, Object input) throws StageFailure, IOException {
        if (input instanceof Map<?, ?> document && document.get("text") instanceof String text) {
            return text;
        }
        if (input instanceof List<?> files
                && !files.isEmpty()
                && files.get(0) instanceof Map<?, ?> file
                && file.get("blob") instanceof String blob) {
            try (InputStream bytes = context.blobs().open(blob)) {
                return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
        throw StageFailure.permanent("no_text", "There is no text to count: put this stage behind parse.");
    }
}
