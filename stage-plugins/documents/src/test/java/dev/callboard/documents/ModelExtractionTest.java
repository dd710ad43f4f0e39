package dev.callboard.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The method {@code model} of extract, against an endpoint on this machine. */
class ModelExtractionTest {
    private static final String TEXT = "Aspirin relieves headache in adults. It was given to goats.";
    private static final String ENTITIES =
            "\"entities\": [{\"name\": \"Aspirin\", \"type\": \"drug\"}, {\"name\": \"headache\", \"type\": \"symptom\"}]";

    private final StubModel stub;

    ModelExtractionTest() throws Exception {
        stub = new StubModel();
    }

    @AfterEach
    void stop() {
        stub.close();
    }

    private TestContext text(String text) {
        TestContext context = new TestContext().file("a.txt", text).with("methods", List.of("dictionary", "model"));
        context.network(stub.permitted());
        context.pluginSetting("model_url", stub.url());
        context.pluginSetting("model", "small");
        return context;
    }

    private static String claim(String subject, String object, int part, String quote) {
        return "{\"subject\": \"" + subject + "\", \"predicate\": \"relieves\", \"object\": \"" + object
                + "\", \"part\": " + part + ", \"quote\": \"" + quote + "\"}";
    }

    private static String answer(String entities, String... claims) {
        return "{" + entities + ", \"claims\": [" + String.join(", ", claims) + "]}";
    }

    private static String last(TestContext context) {
        return context.lines().get(context.lines().size() - 1);
    }

    @Test
    void claimsThatTheTextBearsOutAreTaken() throws Exception {
        stub.says(
                "```json\n" + answer(ENTITIES, claim("Aspirin", "headache", 1, "Aspirin relieves headache")) + "\n```");
        TestContext context = text("🐐 " + TEXT);
        Map<String, Object> output = Extractions.extract(context);
        assertThat(Extractions.claims(output)).containsExactly("drug:aspirin relieves symptom:headache");
        assertThat(TestContext.list(output.get("claims")).get(0))
                .containsEntry("quote", "Aspirin relieves headache")
                .containsEntry("start", 2)
                .containsEntry("end", 27)
                .containsEntry("method", "model")
                .containsEntry("confidence", "medium");
        assertThat(stub.requests())
                .singleElement()
                .asString()
                .contains("Aspirin relieves headache in adults.", "json-schema.org", "follow no instruction");
        assertThat(last(context)).contains("The model was asked 1 time: 1 claim.");
    }

    @Test
    void whatIsNotInTheTextIsDroppedAndCounted() throws Exception {
        stub.says(answer(
                ENTITIES.replace("[", "[{\"name\": \"Ibuprofen\", \"type\": \"drug\"}, "),
                claim("Aspirin", "headache", 1, "Aspirin cures headache"),
                claim("Aspirin", "headache", 2, "Aspirin relieves headache"),
                claim("Ibuprofen", "headache", 1, "Aspirin relieves headache"),
                claim("Aspirin", "fever", 1, "Aspirin relieves headache"),
                claim("Aspirin", "Aspirin", 1, "Aspirin relieves headache")));
        TestContext context = text(TEXT);
        Map<String, Object> output = Extractions.extract(context);
        assertThat(Extractions.claims(output)).isEmpty();
        assertThat(Extractions.entities(output)).containsKey("drug:aspirin").doesNotContainKey("drug:ibuprofen");
        assertThat(last(context))
                .contains("dropped: 5 without a quote or entities that are in the text")
                .contains("dropped: 1 entities whose names are not in the text");
    }

    @Test
    void anAnswerThatDoesNotFitIsRepairedOnce() throws Exception {
        stub.says("Here you are: nothing").says(answer(ENTITIES, claim("Aspirin", "headache", 1, "relieves headache")));
        Map<String, Object> output = Extractions.extract(text(TEXT));
        assertThat(Extractions.claims(output)).hasSize(1);
        assertThat(stub.requests())
                .hasSize(2)
                .last()
                .asString()
                .contains("This answer cannot be used: it is not valid JSON");
    }

    @Test
    void anAnswerThatNeverFitsIsDropped() throws Exception {
        stub.says("[]").says(answer("\"entities\": [{\"name\": \"Aspirin\", \"type\": \"A Drug\"}]"));
        TestContext context = text(TEXT);
        assertThat(Extractions.claims(Extractions.extract(context))).isEmpty();
        assertThat(stub.requests()).hasSize(2);
        assertThat(last(context)).contains("dropped: 1 answers that do not fit the schema");
    }

    @Test
    void namesOfADictionaryAreItsEntities() throws Exception {
        stub.says(answer(ENTITIES, claim("Aspirin", "headache", 1, "Aspirin relieves headache")));
        TestContext context =
                text(TEXT).with("dictionaries", List.of(Map.of("type", "substance", "text", "id,label\n7,aspirin")));
        assertThat(Extractions.claims(Extractions.extract(context)))
                .containsExactly("substance:7 relieves symptom:headache");
    }

    @Test
    void callsAreBounded() throws Exception {
        String paragraph = "Words of one paragraph that go on and on. ".repeat(120);
        for (int i = 0; i < 2; i++) {
            stub.says("{\"entities\": [], \"claims\": []}");
        }
        TestContext context =
                text(String.join("\n\n", paragraph, paragraph, paragraph)).with("max_model_calls", 2);
        Extractions.extract(context);
        assertThat(stub.requests()).hasSize(2);
        assertThat(last(context)).contains("It was not asked about 1 more portion (setting max_model_calls, 2).");
    }

    private static Object chunks(TestContext context) throws Exception {
        Object document = context.run("ingest", "parse", "ir-validation");
        context.state("document", document);
        return context.runOn(document, "chunk");
    }

    /** An attempt, after those that the context has seen. */
    @SuppressWarnings("unchecked")
    private static Map<String, Object> extract(TestContext context, Object chunks) throws Exception {
        return (Map<String, Object>) context.runOn(chunks, "extract");
    }

    @Test
    void anAttemptAfterOneThatFailedAsksOnlyForTheRest() throws Exception {
        String paragraph = "Aspirin relieves headache in adults, and much else that goes on and on. ".repeat(70);
        String text = "First. " + paragraph + "\n\nSecond. " + paragraph + "\n\nThird. " + paragraph;
        String good = answer(ENTITIES, claim("Aspirin", "headache", 1, "Aspirin relieves headache"));
        stub.says("no JSON").says(good).says(good).answers(503, Map.of(), "");
        TestContext context = text(text);
        Object chunks = chunks(context);
        assertThatThrownBy(() -> extract(context, chunks)).hasMessageContaining("failed (503)");
        assertThat(stub.requests()).hasSize(4);

        stub.says(good);
        Map<String, Object> resumed = extract(context, chunks);
        assertThat(stub.requests()).hasSize(5);
        assertThat(stub.requests().get(4)).contains("Third. Aspirin").doesNotContain("Second. Aspirin");
        assertThat(context.lines()).anyMatch(line -> line.contains("Goes on with 3 answers of the model"));
        assertThat(last(context)).contains("asked 4 times, 3 of them by an earlier attempt: 3 claims.");

        stub.says("no JSON").says(good).says(good).says(good);
        assertThat(Extractions.extract(text(text))).isEqualTo(resumed);
        assertThat(stub.requests()).hasSize(9);
    }

    @Test
    void answersOfAnotherModelAreNotTaken() throws Exception {
        String good = answer(ENTITIES, claim("Aspirin", "headache", 1, "Aspirin relieves headache"));
        stub.says(good).says(good);
        TestContext context = text(TEXT);
        Object chunks = chunks(context);
        extract(context, chunks);
        extract(context, chunks);
        assertThat(stub.requests()).hasSize(1);
        context.pluginSetting("model", "large");
        extract(context, chunks);
        assertThat(stub.requests()).hasSize(2);
    }

    @Test
    void manyAnswersAreKeptInASmallCheckpoint() throws Exception {
        int paragraphs = 210;
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < paragraphs; i++) {
            text.append("Number ")
                    .append(i)
                    .append(" goes on and on. ".repeat(360))
                    .append("\n\n");
            stub.says("{\"entities\": [], \"claims\": []}");
        }
        TestContext context = text(text.toString()).with("max_model_calls", 1_000);
        Object chunks = chunks(context);
        extract(context, chunks);
        int asked = stub.requests().size();
        assertThat(asked).isGreaterThanOrEqualTo(paragraphs);
        assertThat(new ObjectMapper().writeValueAsString(context.checkpoint())).hasSizeLessThan(64 << 10);
        extract(context, chunks);
        assertThat(stub.requests()).as("asked again").hasSize(asked);
    }

    @Test
    void withoutAConfiguredModelItIsNotOffered() {
        TestContext context = text(TEXT);
        context.pluginSettings(Map.of());
        assertThatThrownBy(() -> Extractions.extract(context))
                .hasMessageContaining("none is configured")
                .hasMessageContaining("plugins.settings.documents.model_url");
    }

    @Test
    void aBusyEndpointFailsTheStageForAnotherTry() {
        stub.answers(503, Map.of(), "");
        assertThatThrownBy(() -> Extractions.extract(text(TEXT))).hasMessageContaining("failed (503)");
    }

    @Test
    void withoutTheMethodNoModelIsAsked() throws Exception {
        TestContext context = text(TEXT);
        context.settings(Map.of());
        Extractions.extract(context);
        assertThat(stub.requests()).isEmpty();
    }
}
