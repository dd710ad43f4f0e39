package dev.callboard.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Entities and graph of published documents, which are not part of this repository; see {@link RealDocumentsTest}. */
class ExtractRealDocumentsTest {
    private static final Path FOLDER = Path.of(System.getProperty("callboard.documents", "../../../shared/documents"));

    @BeforeEach
    void needTheDocuments() {
        assumeTrue(Files.isDirectory(FOLDER), "no folder of real documents");
    }

    private static TestContext task(String name) throws Exception {
        return new TestContext()
                .file(name, Files.readAllBytes(FOLDER.resolve(name)))
                .with("sample_dictionary", true);
    }

    @ParameterizedTest
    @MethodSource("dev.callboard.documents.Fixtures#realDocuments")
    void everyPlaceHoldsItsTextAndTheGraphTakesIt(String name) throws Exception {
        TestContext context = task(name);
        Map<String, Object> output = Extractions.extract(context);
        int[] points = ((String) context.document().get("text")).codePoints().toArray();
        for (Map<String, Object> entity : TestContext.list(output.get("entities"))) {
            assertThat((String) entity.get("id")).hasSizeLessThanOrEqualTo(300);
            for (Map<String, Object> place : TestContext.list(entity.get("places"))) {
                int start = (int) place.get("start");
                if (start >= 0) {
                    assertThat(new String(points, start, (int) place.get("end") - start))
                            .isEqualTo(place.get("text"));
                }
            }
        }
        Map<?, ?> receipt = (Map<?, ?>) context.runOn(output, "knowledge-graph");
        assertThat(receipt.get("nodes_written"))
                .isEqualTo(TestContext.list(output.get("entities")).size());
        assertThat(context.runOn(output, "knowledge-graph")).isEqualTo(receipt);
    }

    @Test
    void anArticleSaysWhoWroteItAndWhatItCites() throws Exception {
        List<String> claims = Extractions.claims(Extractions.extract(task("pntd.0002065.nxml")));
        assertThat(claims)
                .contains(
                        "document authored_by person:josé-fafetine",
                        "document identified_by doi:10.1371/journal.pntd.0002065",
                        "document published_in journal:plos-neglected-tropical-diseases",
                        "document cites pmid:20507747",
                        "abbreviation:RVF stands_for disease:rift-valley-fever",
                        "abbreviation:PBS stands_for term:phosphate-buffer-saline",
                        "organism:goat mentioned_with organism:sheep");
        assertThat(claims).filteredOn(claim -> claim.contains(" cites ")).hasSize(21);
    }

    @Test
    void aTrialSaysWhatItIsAbout() throws Exception {
        Map<String, Object> output = Extractions.extract(task("ctgov-get_nct02576665_20260811.json"));
        assertThat(Extractions.claims(output))
                .contains(
                        "document identified_by trial:NCT02576665",
                        "document has_condition condition:ovarian-cancer",
                        "document has_intervention intervention:toca-511",
                        "document has_phase phase:phase1",
                        "document sponsored_by organisation:tocagen-inc.");
        assertThat((Map<?, ?>)
                        Extractions.entities(output).get("trial:NCT02576665").get("facts"))
                .extracting("sex", "minimum_age", "enrollment")
                .doesNotContainNull();
    }
}
