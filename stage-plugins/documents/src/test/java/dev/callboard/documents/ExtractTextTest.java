package dev.callboard.documents;

import static dev.callboard.documents.Extractions.ANIMALS;
import static dev.callboard.documents.Extractions.assertPlacesHoldTheirText;
import static dev.callboard.documents.Extractions.claims;
import static dev.callboard.documents.Extractions.entities;
import static dev.callboard.documents.Extractions.extract;
import static dev.callboard.documents.Extractions.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What extract finds in running text. */
class ExtractTextTest {
    @Test
    void entitiesAndClaimsHaveTheirShapes() throws Exception {
        TestContext context = text("🐐 The goat met a sheep.").with("dictionaries", List.of(ANIMALS));
        Map<String, Object> output = extract(context);
        Map<String, Object> goat = entities(output).get("organism:1");
        assertThat(goat)
                .containsOnlyKeys("id", "type", "label", "doc_id", "places", "facts")
                .containsEntry("type", "organism")
                .containsEntry("label", "goat");
        assertThat(TestContext.list(goat.get("places")))
                .containsExactly(
                        Map.of("start", 6, "end", 10, "text", "goat", "method", "dictionary", "confidence", "exact"));
        assertThat(TestContext.list(output.get("claims"))).singleElement().satisfies(claim -> assertThat(claim)
                .containsOnlyKeys(
                        "id",
                        "subject",
                        "predicate",
                        "object",
                        "doc_id",
                        "start",
                        "end",
                        "quote",
                        "method",
                        "confidence")
                .containsEntry("quote", "🐐 The goat met a sheep.")
                .containsEntry("confidence", "low"));
        assertThat(claims(output)).containsExactly("organism:1 mentioned_with organism:2");
    }

    @Test
    void abbreviationsStandForWhatTheTextSaysWhereverTheyAre() throws Exception {
        Map<String, Object> output = extract(text("RVF is bad. Rift Valley fever (RVF) kills goats. RVF spreads.")
                .with("dictionaries", List.of(ANIMALS)));
        assertThat(claims(output))
                .contains(
                        "abbreviation:RVF stands_for term:rift-valley-fever",
                        "organism:1 mentioned_with term:rift-valley-fever");
        assertThat(entities(output).get("term:rift-valley-fever").get("facts")).isEqualTo(Map.of("mentions", 4L));
        assertThat(TestContext.list(entities(output).get("abbreviation:RVF").get("places")))
                .hasSize(3);
    }

    @Test
    void patternsOfTheUserAreUsed() throws Exception {
        Map<String, Object> output = extract(text("Strain ZH-501 was used, and strain ZH-548.")
                .with("patterns", List.of(Map.of("name", "strains", "pattern", "strain (ZH-\\d+)", "type", "strain"))));
        assertThat(entities(output)).containsKey("strain:zh-548").doesNotContainKey("strain:zh-501");
    }

    @Test
    void idsAreTheSameInEveryRunAndUnique() throws Exception {
        String text = "Goats and sheep. Rift Valley fever (RVF) of goats. A goat, NCT02576665, 3 mg/kg.";
        Map<String, Object> first = extract(text(text).with("dictionaries", List.of(ANIMALS)));
        assertThat(extract(text(text).with("dictionaries", List.of(ANIMALS)))).isEqualTo(first);
        assertThat(TestContext.list(first.get("entities"))).extracting("id").doesNotHaveDuplicates();
        assertThat(TestContext.list(first.get("claims"))).extracting("id").doesNotHaveDuplicates();
    }

    @Test
    void onlyTheChosenMethodsRun() throws Exception {
        Map<String, Object> output = extract(text("A goat (PCR) at 3 mg/kg. Rift Valley fever (RVF).")
                .with("dictionaries", List.of(ANIMALS))
                .with("methods", List.of("pattern")));
        assertThat(entities(output).keySet()).hasSize(2).contains("dose:3mg/kg");
        assertThat(claims(output)).isEmpty();
    }

    @Test
    void limitsKeepWhatIsMentionedMostAndSayWhatTheyLeaveOut() throws Exception {
        TestContext context =
                text("A goat. A goat. A goat. One sheep with a goat. On 2012-08-03 and 2012-08-04 and 2012-08-05.")
                        .with("dictionaries", List.of(ANIMALS))
                        .with("max_entities", 2)
                        .with("max_places", 3)
                        .with("max_pairs", 0);
        Map<String, Object> output = extract(context);
        assertThat(entities(output).keySet()).hasSize(2).contains("organism:1");
        assertThat(entities(output).get("organism:1").get("facts"))
                .isEqualTo(Map.of("dictionary", "animals", "identifier", "1", "mentions", 4L));
        assertThat(claims(output)).isEmpty();
        assertThat(context.lines().get(context.lines().size() - 1))
                .contains("4 more entities are left out (setting max_entities, 2).")
                .contains("1 more place is left out (setting max_places, 3).")
                .contains("1 more pair is left out (setting max_pairs, 0).");
    }

    @Test
    void hugeBlocksAreReadInPiecesAndPlacesStayTrue() throws Exception {
        TestContext context = text("🐐 " + "A goat and a sheep ran. ".repeat(10_000))
                .with("dictionaries", List.of(ANIMALS))
                .with("max_places", 10_000);
        Map<String, Object> output = extract(context);
        assertThat(((Map<?, ?>) entities(output).get("organism:1").get("facts")).get("mentions"))
                .isEqualTo(10_000L);
        assertPlacesHoldTheirText(context.document(), output);
    }

    @Test
    void oddTextIsReadLikeAnyOther() throws Exception {
        for (String odd : List.of(
                "",
                "\uD800",
                "goat\uDC00 (\uD800) goat",
                "(".repeat(5_000),
                "a (".repeat(5_000),
                "x()".repeat(30_000),
                ") AB (AB)".repeat(9_000))) {
            Map<String, Object> block = Map.of("id", "b1", "start", 0, "end", odd.codePointCount(0, odd.length()));
            Map<String, Object> document = Map.of("doc_id", "d", "text", odd, "blocks", List.of(block));
            Map<String, Object> output = extract(text("x").with("dictionaries", List.of(ANIMALS)), document);
            assertThat(entities(output)).containsKey("document:d");
        }
    }

    @Test
    void valuesAreInNoPair() throws Exception {
        Map<String, Object> output =
                extract(text("The goat got 3 mg/kg on 2012-08-03 (p < 0.05).").with("dictionaries", List.of(ANIMALS)));
        assertThat(entities(output).keySet())
                .isEqualTo(Set.of("organism:1", "dose:3mg/kg", "date:2012-08-03", "p_value:p<0.05", itself(output)));
        assertThat(claims(output)).isEmpty();
    }

    private static String itself(Map<String, Object> output) {
        return (String) TestContext.list(output.get("entities")).get(0).get("id");
    }
}
