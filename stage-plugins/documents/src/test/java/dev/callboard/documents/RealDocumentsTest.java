package dev.callboard.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Published documents, which are not part of this repository: found in {@code ../shared/documents} beside it, or where
 * the system property {@code callboard.documents} says; skipped where there are none.
 */
class RealDocumentsTest {
    private static final Path FOLDER = Path.of(System.getProperty("callboard.documents", "../../../shared/documents"));
    private static final Pattern TAG = Pattern.compile("</?[a-z]+[ >]");

    @BeforeEach
    void needTheDocuments() {
        assumeTrue(Files.isDirectory(FOLDER), "no folder of real documents");
    }

    private static TestContext task(String name) throws Exception {
        return new TestContext().file(name, Files.readAllBytes(FOLDER.resolve(name)));
    }

    @ParameterizedTest
    @CsvSource({"pntd.0002065.nxml, 41, 32", "PMC11784394.xml, 12, 17", "ehp-116-1694.nxml, 33, 58"})
    void articlesHaveAllTheirParagraphsAndReferences(String name, int paragraphs, int references) throws Exception {
        Map<String, Object> document = task(name).document();
        assertThat(TestContext.list(document.get("blocks")))
                .filteredOn(block -> block.get("kind").equals("paragraph"))
                .hasSize(paragraphs);
        assertThat((List<?>) document.get("refs")).hasSize(references);
        assertThat(((Map<?, ?>) document.get("meta")).get("paragraphs")).isEqualTo(paragraphs);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "wikipedia-mozilla.html | Mozilla - Wikipedia",
                "PMC11784394.xml | Conduction System Pacing: Where Are We in 2025?",
                "pntd.0002065.nxml | Serological Evidence of Rift Valley Fever Virus Circulation in Sheep and Goats in"
                        + " Zambézia Province, Mozambique",
                "ctgov-get_nct02576665_20260811.json | A Study of Toca 511, a Retroviral Replicating Vector, Combined With"
                        + " Toca FC in Patients With Solid Tumors or Lymphoma (Toca 6)",
            })
    void titlesAreExact(String name, String title) throws Exception {
        assertThat(task(name).document()).containsEntry("title", title);
    }

    @Test
    void theStudyHasItsNumber() throws Exception {
        Map<?, ?> meta = (Map<?, ?>)
                task("ctgov-get_nct02576665_20260811.json").document().get("meta");
        assertThat(meta.get("nct_id")).isEqualTo("NCT02576665");
    }

    @Test
    void thePageHasNoFurniture() throws Exception {
        assertThat((String) task("wikipedia-mozilla.html").document().get("text"))
                .contains("Mozilla is a free-software community")
                .doesNotContain("[edit]", "Jump to", "Categories:", "Navigation menu", "Privacy policy");
    }

    @ParameterizedTest
    @MethodSource("dev.callboard.documents.Fixtures#realDocuments")
    void textIsCleanAndChunksAreExact(String name) throws Exception {
        TestContext context = task(name);
        Map<String, Object> document = context.document();
        String text = (String) document.get("text");
        assertThat(TAG.matcher(text).find()).isFalse();
        assertThat(text).doesNotContain("\uFFFD", "&nbsp;", "\n\n\n").doesNotContainPattern("[^\\S\\n]{2}| \n");
        int[] points = text.codePoints().toArray();
        List<Map<String, Object>> chunks = TestContext.list(context.runOn(document, "chunk"));
        assertThat(chunks).hasSizeGreaterThan(10).allSatisfy(chunk -> {
            int start = (int) chunk.get("start");
            assertThat(new String(points, start, (int) chunk.get("end") - start))
                    .isEqualTo(chunk.get("text"));
            assertThat((int) chunk.get("tokens")).isLessThanOrEqualTo(220);
        });
    }
}
