package dev.callboard.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.callboard.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The real documents through the pipeline {@code auto}, by the packaged jar. They are not part of the project: where the
 * folder beside it is missing, these tests report themselves as skipped.
 */
class RealDocumentsIT {
    private static final Path DOCUMENTS = Path.of(System.getProperty("callboard.documents", "../shared/documents"))
            .toAbsolutePath()
            .normalize();
    private static final Pattern TAG = Pattern.compile("</?[a-z]+[ >]");

    @TempDir
    Path dir;

    /** {@code DocumentsToGraphIT} goes on from there. */
    private static final String STAGES = "ingest,parse,ir-validation,chunk";

    private PackagedJar jar;

    @BeforeEach
    void prepare() {
        assumeTrue(Files.isDirectory(DOCUMENTS), "there is no folder " + DOCUMENTS);
        jar = new PackagedJar(dir);
    }

    @ParameterizedTest(name = "{0}: {1} paragraphs")
    @CsvSource({
        "pntd.0002065.nxml, 41, Serological Evidence of Rift Valley Fever Virus Circulation",
        "PMC11784394.xml, 12, Conduction System Pacing: Where Are We in 2025?",
        "ehp-116-1694.nxml, 33, ''",
        "wikipedia-mozilla.html, 56, Mozilla - Wikipedia",
        "ctgov-get_nct02576665_20260811.json, 6, ''"
    })
    void aDocumentIsParsedWithoutTagsAndItsChunksCutOutExactlyTheirText(String file, int paragraphs, String title)
            throws Exception {
        PackagedJar.Ended ended = jar.run(
                "",
                "run",
                "auto",
                "--stages",
                STAGES,
                "--input",
                DOCUMENTS.resolve(file).toString(),
                "--json");
        assertThat(ended.code()).as(ended.err()).isZero();
        Map<?, ?> task = (Map<?, ?>) Json.parse(ended.out());
        assertThat(task.get("status")).isEqualTo("completed");

        Map<?, ?> document = (Map<?, ?>) output(task, "parse");
        String text = String.valueOf(document.get("text"));
        List<?> blocks = (List<?>) document.get("blocks");
        assertThat(blocks.stream().filter(block -> "paragraph".equals(((Map<?, ?>) block).get("kind"))))
                .hasSize(paragraphs);
        assertThat(TAG.matcher(text).find()).as("a tag in the text").isFalse();
        assertThat(String.valueOf(document.get("title"))).startsWith(title);

        int[] codePoints = text.codePoints().toArray();
        List<?> chunks = (List<?>) output(task, "chunk");
        assertThat(chunks).isNotEmpty().allSatisfy(element -> {
            Map<?, ?> chunk = (Map<?, ?>) element;
            int start = ((Number) chunk.get("start")).intValue();
            int end = ((Number) chunk.get("end")).intValue();
            assertThat(new String(codePoints, start, end - start)).isEqualTo(chunk.get("text"));
        });
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "cermine-test1-datta-2010.pdf, Complications related to deep venous thrombosis prophylaxis in trauma,"
                + " heparins (LMWHs) as the primary DVT",
        "cermine-test6-vespa.pdf, VESPA: Very large-scale Evolutionary and Selective Pressure Analyses, ''",
        "multicolumn.pdf, '', ''"
    })
    void aPdfIsReadInAProcessOfItsOwn(String file, String title, String words) throws Exception {
        PackagedJar.Ended ended = jar.run(
                "",
                "run",
                "auto",
                "--stages",
                STAGES,
                "--input",
                DOCUMENTS.resolve(file).toString(),
                "--json");
        assertThat(ended.code()).as(ended.err()).isZero();
        Map<?, ?> task = (Map<?, ?>) Json.parse(ended.out());
        Map<?, ?> document = (Map<?, ?>) output(task, "parse");
        assertThat(String.valueOf(document.get("title"))).startsWith(title);
        assertThat(String.valueOf(document.get("text"))).contains(words);
        assertThat((List<?>) output(task, "chunk")).isNotEmpty();
    }

    private static Object output(Map<?, ?> task, String stage) {
        return ((List<?>) task.get("executions"))
                .stream()
                        .map(execution -> (Map<?, ?>) execution)
                        .filter(execution -> stage.equals(execution.get("stage")))
                        .findFirst()
                        .orElseThrow()
                        .get("output");
    }
}
