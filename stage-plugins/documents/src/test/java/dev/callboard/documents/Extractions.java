package dev.callboard.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What extract finds, for tests that look at it. */
final class Extractions {
    static final Map<String, Object> ANIMALS =
            Map.of("name", "animals", "type", "organism", "text", "id,label,synonyms\n1,goat,goats\n2,sheep,\n");

    private Extractions() {}

    static TestContext text(String text) {
        return new TestContext().file("a.txt", text);
    }

    /** What extract puts out after the stages before it, with the document in the state. */
    static Map<String, Object> extract(TestContext context) throws Exception {
        Object document = context.run("ingest", "parse", "ir-validation");
        context.state("document", document);
        return extract(context, context.runOn(document, "chunk"));
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> extract(TestContext context, Object input) throws Exception {
        return (Map<String, Object>) context.runOn(input, "extract");
    }

    static Map<String, Map<String, Object>> entities(Map<String, Object> output) {
        return TestContext.list(output.get("entities")).stream()
                .collect(Collectors.toMap(entity -> (String) entity.get("id"), entity -> entity));
    }

    /** Each claim as {@code subject predicate object}, a document's id as {@code document}. */
    static List<String> claims(Map<String, Object> output) {
        return TestContext.list(output.get("claims")).stream()
                .map(claim -> String.join(" ", (String) claim.get("subject"), (String) claim.get("predicate"), (String)
                        claim.get("object")))
                .map(claim -> claim.replaceAll("document:[0-9a-f-]+", "document"))
                .toList();
    }

    static void assertPlacesHoldTheirText(Map<String, Object> document, Map<String, Object> output) {
        int[] points = ((String) document.get("text")).codePoints().toArray();
        List<Map<String, Object>> places = new ArrayList<>();
        entities(output).values().forEach(entity -> places.addAll(TestContext.list(entity.get("places"))));
        TestContext.list(output.get("claims")).forEach(claim -> {
            Map<String, Object> place = new HashMap<>(claim);
            place.put("text", claim.get("quote"));
            places.add(place);
        });
        assertThat(places).isNotEmpty().allSatisfy(place -> {
            int start = (int) place.get("start");
            if (start >= 0) {
                assertThat(new String(points, start, (int) place.get("end") - start))
                        .isEqualTo(place.get("text"));
            } else {
                assertThat(place.get("method")).isEqualTo("structured");
            }
        });
    }
}
