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
import org.junit.jupiter.params.provider.ValueSource;

/** Published papers, which are not part of this repository: see {@link RealDocumentsTest}. */
class RealPdfTest {
    private static final Path FOLDER = Path.of(System.getProperty("callboard.documents", "../../../shared/documents"));
    private static final String DATTA = "cermine-test1-datta-2010.pdf";
    private static final String VESPA = "cermine-test6-vespa.pdf";
    private static final String COLUMNS = "multicolumn.pdf";

    @BeforeEach
    void needTheDocuments() {
        assumeTrue(Files.isRegularFile(FOLDER.resolve(DATTA)), "no folder of real documents");
    }

    private static Map<String, Object> read(String name) throws Exception {
        return Read.file(name, Files.readAllBytes(FOLDER.resolve(name)));
    }

    private static List<Object> headings(Map<String, Object> document) {
        return TestContext.list(document.get("sections")).stream()
                .map(section -> section.get("title"))
                .toList();
    }

    @Test
    void aPaperInTwoColumns() throws Exception {
        Map<String, Object> document = read(DATTA);
        assertThat(document)
                .containsEntry(
                        "title",
                        "Complications related to deep venous thrombosis prophylaxis in trauma: a systematic review of the"
                                + " literature");
        assertThat(headings(document))
                .containsSubsequence(
                        "Abstract", "Introduction", "Methods", "Conclusion", "Authors’ contributions", "References");
        assertThat((String) document.get("text"))
                .as("across a column, past the note at its foot")
                .contains("pharmacologic anticoagulation with low molecular weight heparins (LMWHs) as the primary DVT")
                .as("a word that a line's end divides")
                .contains("they must be appropriately utilized.")
                .contains("Indraneel Datta¹, Chad G Ball¹*, Lucas Rudmik¹, S Morad Hameed²")
                .as("headers and footers")
                .doesNotContain("Page 2 of", "page number not for citation", "Datta et al. Journal of Trauma")
                .doesNotContain("\uFFFD");
        assertThat(Read.meta(document))
                .containsEntry("doi", "10.1186/1752-2897-4-1")
                .containsEntry("pages", 4);
        List<Map<String, Object>> references = TestContext.list(document.get("refs"));
        assertThat(references).hasSize(79);
        for (int i = 0; i < references.size(); i++) {
            assertThat(references.get(i)).containsEntry("label", String.valueOf(i + 1));
        }
        assertThat(references)
                .filteredOn(reference -> reference.containsKey("year"))
                .hasSizeGreaterThan(75);
        assertThat(TestContext.list(document.get("blocks")))
                .filteredOn(block -> block.containsKey("cites"))
                .extracting(block -> block.get("cites"))
                .contains(List.of("r1", "r2", "r3", "r4", "r5", "r6", "r7", "r8", "r9"), List.of("r10"));
    }

    @Test
    void aPaperInOneColumnWithTables() throws Exception {
        Map<String, Object> document = read(VESPA);
        assertThat(document)
                .containsEntry("title", "VESPA: Very large-scale Evolutionary and Selective Pressure Analyses");
        assertThat(headings(document))
                .containsExactly(
                        "ABSTRACT",
                        "INTRODUCTION",
                        "METHODS",
                        "RESULTS",
                        "DISCUSSION",
                        "CONCLUSION",
                        "ACKNOWLEDGEMENTS",
                        "ADDITIONAL INFORMATION AND DECLARATIONS",
                        "Funding",
                        "Grant Disclosures",
                        "Competing Interests",
                        "Author Contributions",
                        "Data Availability",
                        "Supplemental Information",
                        "REFERENCES");
        assertThat((String) document.get("text"))
                .as("across a page, past the citation at its foot")
                .contains("raw reads from NGS experiments). Codeml is part of the PAML package")
                .as("a line set tight, without spaces in it")
                .contains("VESPA is written in python and Perl and is designed to run within a UNIX environment.")
                .contains("2 | Homology searching | BLAST/HMMER output files | BLAST tabular, HMMER standard")
                .contains("m1Neutral | Sample_MSA | Site-specific | 1 | 2 | −568.572319 | N/A")
                .contains("2 3 4 5 6 8 12 13 15 17 19 20 22 23")
                .doesNotContain("PeerJ Comput. Sci., DOI", "/14\n");
        assertThat(TestContext.list(document.get("refs"))).anySatisfy(reference -> assertThat(reference)
                .containsEntry("year", "1998")
                .containsEntry("title", "Profile hidden Markov models")
                .hasEntrySatisfying("text", text -> assertThat((String) text)
                        .startsWith("Eddy SR. 1998. Profile hidden Markov models. Bioinformatics 14(9):755–763")));
    }

    @Test
    void aSampleOfColumnsAndATable() throws Exception {
        Map<String, Object> document = read(COLUMNS);
        assertThat(document).containsEntry("title", "Two-Column Document with Lorem Ipsum");
        assertThat((String) document.get("text"))
                .containsSubsequence(
                        "This is a sample document",
                        "Lorem ipsum dolor sit amet, consectetuer adipiscing elit. Ut purus elit",
                        "Nam dui ligula, fringilla a",
                        "Donec nonummy pellentesque ante.",
                        "Quisque ullamcorper placerat ipsum.",
                        "Nam feugiat lacus vel est.",
                        "Suspendisse vel felis.",
                        "primis in faucibus orci luctus et ultrices posuere",
                        "consectetuer odio sem sed wisi.",
                        "Table 1: EU Countries Information",
                        "Austria | 8.9 | 83,879 | Vienna | German",
                        "Finland | 5.5 | 338,424 | Helsinki | Finnish, Swedish");
        assertThat(Read.blocks(document)).noneMatch(block -> block.matches("\\w+: \\d"));
    }

    @ParameterizedTest
    @ValueSource(strings = {DATTA, VESPA, COLUMNS})
    void textIsCleanAndChunksAreExact(String name) throws Exception {
        TestContext context = new TestContext().file(name, Files.readAllBytes(FOLDER.resolve(name)));
        Map<String, Object> document = context.document();
        String text = (String) document.get("text");
        assertThat(text).doesNotContain("\uFB01", "\uFB02", "\n\n\n").doesNotContainPattern("\\p{Cntrl}&&[^\n]");
        assertThat(TestContext.list(document.get("blocks")))
                .allSatisfy(block -> assertThat((Integer) block.get("page")).isPositive());
        int[] points = text.codePoints().toArray();
        assertThat(TestContext.list(context.runOn(document, "chunk")))
                .isNotEmpty()
                .allSatisfy(chunk -> {
                    int start = (int) chunk.get("start");
                    assertThat(new String(points, start, (int) chunk.get("end") - start))
                            .isEqualTo(chunk.get("text"));
                });
    }
}
