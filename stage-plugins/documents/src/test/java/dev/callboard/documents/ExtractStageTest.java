package dev.callboard.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callboard.documents.extract.ExtractStage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ExtractStageTest {
    private static final Map<String, Object> ANIMALS =
            Map.of("name", "animals", "type", "organism", "text", "id,label,synonyms\n1,goat,goats\n2,sheep,\n");

    private static TestContext text(String text) {
        return new TestContext().file("a.txt", text);
    }

    /** What extract puts out after the stages before it, with the document in the state. */
    static Map<String, Object> extract(TestContext context) throws Exception {
        Object document = context.run("ingest", "parse", "ir-validation");
        context.state("document", document);
        return extract(context, context.runOn(document, "chunk"));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> extract(TestContext context, Object input) throws Exception {
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

    private static void assertPlacesHoldTheirText(Map<String, Object> document, Map<String, Object> output) {
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
    void fieldsOfATrialAreExact() throws Exception {
        TestContext context =
                new TestContext().file("t.json", Fixtures.trial("Ginger at sea", "Ginger for sea sickness."));
        Map<String, Object> output = extract(context);
        assertThat(claims(output))
                .contains(
                        "document identified_by trial:NCT00000001",
                        "document has_condition condition:sea-sickness",
                        "document has_intervention intervention:ginger",
                        "condition:sea-sickness mentioned_with intervention:ginger");
        Map<String, Object> condition = entities(output).get("condition:sea-sickness");
        assertThat(TestContext.list(condition.get("places")))
                .extracting("method")
                .contains("structured", "field_term");
        assertPlacesHoldTheirText(context.document(), output);
    }

    @Test
    void fieldsOfAnArticleAreExact() throws Exception {
        String front = "<contrib-group><contrib contrib-type=\"author\"><name><surname>Doe</surname><given-names>Jane"
                + "</given-names></name></contrib></contrib-group><article-id pub-id-type=\"doi\">10.1000/ABC</article-id>"
                + "<kwd-group><kwd>tide gauges</kwd></kwd-group><funding-group><award-group><funding-source>"
                + "<institution-wrap><institution>Sea Fund</institution><institution-id>x1</institution-id>"
                + "</institution-wrap></funding-source><award-id>SF-7</award-id></award-group></funding-group>";
        String article = Fixtures.jats("<sec><title>S</title><p>Tide gauges stood here.</p></sec>")
                .replace("</article-meta>", front + "</article-meta>")
                .replace(
                        "</article>",
                        "<back><ref-list><ref id=\"r1\"><element-citation><article-title>Old tides</article-title>"
                                + "<pub-id pub-id-type=\"doi\">10.1000/x</pub-id><pub-id pub-id-type=\"pmid\">77</pub-id>"
                                + "</element-citation></ref></ref-list></back></article>");
        Map<String, Object> output = extract(new TestContext().file("a.nxml", article));
        assertThat(claims(output))
                .contains(
                        "document authored_by person:jane-doe",
                        "document identified_by doi:10.1000/abc",
                        "document has_keyword keyword:tide-gauges",
                        "document funded_by organisation:sea-fund",
                        "document has_award award:sf-7",
                        "document cites doi:10.1000/x",
                        "doi:10.1000/x same_as pmid:77");
        assertThat(entities(output).get("doi:10.1000/x")).containsEntry("label", "Old tides");
        assertThat(TestContext.list(entities(output).get("keyword:tide-gauges").get("places")))
                .extracting("confidence")
                .containsExactly("exact", "high");
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
    void theLibraryKeepsWhatWasFoundOfEachDocument() throws Exception {
        TestContext context = text("A goat.").with("dictionaries", List.of(ANIMALS));
        Map<String, Object> output = extract(context);
        String docId = (String) TestContext.list(output.get("entities")).get(0).get("doc_id");
        assertThat(context.library().part(docId, "entities")).hasValueSatisfying(part -> {
            assertThat(part.facts()).isEqualTo(Map.of("entities", 2, "claims", 0));
            assertThat(part.blob()).hasSize(64);
        });
    }

    @Test
    void withoutTheDocumentItsChunksAreReadAndOverlapsCountOnce() throws Exception {
        TestContext context = text("x").with("dictionaries", List.of(ANIMALS));
        List<Map<String, Object>> chunks = List.of(
                Map.of("id", "c1", "doc_id", "d", "start", 0, "text", "A goat saw. A sheep met a goat."),
                Map.of("id", "c2", "doc_id", "d", "start", 12, "text", "A sheep met a goat. A goat ran."));
        Map<String, Object> output = extract(context, chunks);
        assertThat(TestContext.list(entities(output).get("organism:1").get("places")))
                .extracting("start")
                .containsExactly(2, 26, 34);
        assertThat(claims(output)).containsExactly("organism:1 mentioned_with organism:2");
        assertThat(entities(output)).containsKey("document:d");
    }

    @Test
    void aDocumentInTheStateMayBeGivenByItsBytes() throws Exception {
        TestContext context = text("A goat.").with("dictionaries", List.of(ANIMALS));
        Map<String, Object> document = context.document();
        String sha256 = context.blobs().put(new ByteArrayInputStream(new ObjectMapper().writeValueAsBytes(document)));
        context.state("document", Map.of("blob", sha256, "media_type", "application/json"));
        Map<String, Object> batch = Map.of("model", "m", "blob", "0".repeat(64), "vectors", List.of("c1"));
        assertThat(entities(extract(context, batch))).containsKey("organism:1");
    }

    @Test
    void ofManyDocumentsTheOutputSaysWhereEachIsStored() throws Exception {
        TestContext context = new TestContext().with("dictionaries", List.of(ANIMALS));
        for (int i = 0; i < 25; i++) {
            context.file(i + ".txt", "Goat " + i + " met a sheep.");
        }
        Map<String, Object> output = extract(context);
        assertThat(TestContext.list(output.get("entities"))).hasSize(25).allSatisfy(reference -> assertThat(reference)
                .containsOnlyKeys("doc_id", "title", "blob", "media_type", "entities", "claims")
                .containsEntry("entities", 3)
                .containsEntry("claims", 1));
        assertThat(TestContext.list(output.get("claims"))).isEmpty();
        assertThat(ExtractStage.count(output)).isEqualTo(100);
        Map<?, ?> receipt = (Map<?, ?>) context.runOn(output, "knowledge-graph");
        assertThat(receipt.get("nodes_written")).isEqualTo(27);
        assertThat(receipt.get("edges_written")).isEqualTo(75L);
        assertThat(TestContext.list(receipt.get("documents"))).hasSize(25);
    }

    @Test
    void storedChunksAreReadWhereTheDocumentIsGone() throws Exception {
        TestContext context = new TestContext().with("dictionaries", List.of(ANIMALS));
        byte[] json = "[{\"doc_id\": \"d\", \"start\": 0, \"text\": \"A goat.\"}]".getBytes(StandardCharsets.UTF_8);
        String blob = context.blobs().put(new ByteArrayInputStream(json));
        Map<String, Object> chunks = Map.of("doc_id", "d", "blob", blob, "chunks", 1, "media_type", "application/json");
        assertThat(entities(extract(context, List.of(chunks)))).containsKeys("document:d", "organism:1");
        Map<String, Object> gone = Map.of("doc_id", "d", "blob", "0".repeat(64), "chunks", 1);
        assertThatThrownBy(() -> extract(context, List.of(gone))).hasMessageContaining("run the stage chunk again");
    }

    @Test
    void aDocumentThatCannotBeReadFailsAlone() throws Exception {
        TestContext context = text("A goat.").with("dictionaries", List.of(ANIMALS));
        Map<String, Object> good = context.document();
        Map<String, Object> bad = new HashMap<>(good);
        bad.put("doc_id", "bad");
        bad.put("blocks", List.of(Map.of("id", "b1", "start", 0, "end", 99)));
        Map<String, Object> output = extract(context, List.of(bad, good));
        assertThat(entities(output)).containsKey("organism:1");
        assertThat(TestContext.list(output.get("failed")))
                .extracting("error")
                .singleElement()
                .asString()
                .contains("a block is not inside the text");
        assertThatThrownBy(() -> extract(new TestContext(), bad))
                .hasMessageContaining("a block is not inside the text");
    }

    @Test
    void withoutAnythingToReadItSaysSo() {
        assertThatThrownBy(() -> extract(new TestContext(), null)).hasMessageContaining("no document to work on");
    }

    @Test
    void wrongSettingsAreNamed() {
        assertThatThrownBy(() -> extract(text("a").with("methods", List.of("magic"))))
                .hasMessageStartingWith("The setting methods must be a list of structured, dictionary,");
        assertThatThrownBy(() -> extract(text("a").with("patterns", List.of(Map.of("pattern", "(", "type", "x")))))
                .hasMessageStartingWith("The setting patterns[0].pattern must be a valid RE2 pattern:");
        assertThatThrownBy(() -> extract(text("a").with("patterns", List.of(Map.of("pattern", "a", "type", "X Y")))))
                .hasMessageContaining("patterns[0].type");
        assertThatThrownBy(() ->
                        extract(text("a").with("patterns", List.of(Map.of("pattern", "([a]{99}){99}", "type", "x")))))
                .hasMessageContaining("at most 5000 steps long");
        assertThatThrownBy(() -> extract(text("a").with("max_entities", 0))).hasMessageContaining("max_entities");
    }

    @Test
    void aCancelledStageEnds() {
        TestContext context = text("A goat.");
        assertThatThrownBy(() -> {
                    Object document = context.run("ingest", "parse");
                    context.cancel();
                    context.runOn(document, "extract");
                })
                .isInstanceOf(InterruptedException.class);
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
    void documentsThatTheLibraryWouldRefuseAreNamed() {
        Map<String, Object> document = Map.of("doc_id", "d".repeat(201), "text", "", "blocks", List.of());
        assertThatThrownBy(() -> extract(text("x"), document)).hasMessageContaining("more than 200 characters");
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
