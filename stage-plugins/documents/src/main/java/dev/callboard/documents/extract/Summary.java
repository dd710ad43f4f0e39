package dev.callboard.documents.extract;

import dev.callboard.spi.Plural;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a document's log line says: how many of each type, and what the limits left out. */
final class Summary {
    private static final int MOST_TYPES = 20;

    private Summary() {}

    static String of(SourceDocument document, ExtractSettings settings, Findings.Result result) {
        Map<String, Integer> types = new TreeMap<>();
        result.entities().forEach(entity -> types.merge((String) entity.get("type"), 1, Integer::sum));
        List<String> shown = types.entrySet().stream()
                .limit(MOST_TYPES)
                .map(type -> type.getKey() + " " + type.getValue())
                .toList();
        StringBuilder line = new StringBuilder(document.docId());
        line.append(": ")
                .append(Plural.of(result.entities().size(), "entity", "entities"))
                .append(" (")
                .append(String.join(", ", shown))
                .append(types.size() > MOST_TYPES ? ", …" : "")
                .append("), ")
                .append(Plural.of(result.claims().size(), "claim"))
                .append('.');
        Findings.LeftOut leftOut = result.leftOut();
        leftOut(
                line,
                leftOut.entities(),
                Plural.of(leftOut.entities(), "more entity", "more entities"),
                "max_entities",
                settings.maxEntities());
        leftOut(line, leftOut.places(), Plural.of(leftOut.places(), "more place"), "max_places", settings.maxPlaces());
        leftOut(line, leftOut.pairs(), Plural.of(leftOut.pairs(), "more pair"), "max_pairs", settings.maxPairs());
        result.notes().forEach(note -> line.append(' ').append(note));
        return line.toString();
    }

    private static void leftOut(StringBuilder line, long count, String what, String setting, int limit) {
        if (count > 0) {
            line.append(' ')
                    .append(what)
                    .append(count == 1 ? " is" : " are")
                    .append(" left out (setting ")
                    .append(setting)
                    .append(", ")
                    .append(limit)
                    .append(").");
        }
    }
}
