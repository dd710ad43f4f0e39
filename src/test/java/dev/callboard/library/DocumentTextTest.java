package dev.callboard.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.library.LibraryMessages.DocumentView;
import dev.callboard.library.LibraryMessages.ListDocuments;
import dev.callboard.spi.Library.Part;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A list of documents looks for what a person sees of them. */
class DocumentTextTest extends LibraryFixture {
    private static final Map<String, Object> FACTS = Map.of(
            "title",
            "The \"Rift\" \\ Straße 100%_sure",
            "media_type",
            "application/pdf",
            "blocks",
            17,
            "source",
            Map.of("name", "Goats of 2019.pdf"),
            "quality",
            Map.of("valid", true, "warnings", List.of("Few letters.", "Two columns.")));

    @BeforeEach
    void begin() throws IOException {
        put("one", FACTS);
        put("Two-ID", Map.of("title", "Another paper", "quality", Map.of("valid", true)));
    }

    private void put(String docId, Map<String, Object> facts) throws IOException {
        libraries.library("p", "task", line -> {}).put(new Part(docId, "document", facts, null));
    }

    private List<String> listed(String text) {
        return await(new DocumentQueryRepository(database).list(new ListDocuments(text, null, 50, null)))
                .documents()
                .stream()
                .map(DocumentView::docId)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "the \"rift\"",
                "\"RIFT\" \\",
                "\\",
                "\"",
                "STRASSE",
                "100%",
                "%_s",
                "goats of 2019",
                "APPLICATION/PDF",
                "few letters",
                "ONE"
            })
    void aTextOfADocumentIsFoundAsItStandsInAnyCase(String text) {
        assertThat(listed(text)).containsExactly("one");
    }

    @ParameterizedTest
    @ValueSource(strings = {"valid", "true", "quality", "media_type", "17", "100_", "rift\"%", "{", "few letters.two"})
    void namesOfFactsNumbersAndWildcardsFindNothing(String text) {
        assertThat(listed(text)).isEmpty();
    }

    @Test
    void theIdIsFoundAndAnOldTextIsNot() throws IOException {
        assertThat(listed("two-id")).containsExactly("Two-ID");
        assertThat(listed("another")).containsExactly("Two-ID");
        put("Two-ID", Map.of("title", "A \0 new name"));
        assertThat(listed("another")).isEmpty();
        assertThat(listed("new name")).containsExactly("Two-ID");
        assertThat(listed(" ")).hasSize(2);
    }

    @Test
    void documentsOfAnEarlierVersionGetTheirTexts() {
        await(database.write(transaction -> transaction.execute(
                "UPDATE document_parts SET search_text = '', search_text_by = 0 WHERE doc_id = ?", Tuple.of("one"))));
        assertThat(listed("goats")).isEmpty();
        DocumentTextRepository texts = new DocumentTextRepository(database);
        assertThat(await(texts.fill())).isEqualTo(1);
        assertThat(listed("goats")).containsExactly("one");
        assertThat(await(texts.fill())).isZero();
    }
}
