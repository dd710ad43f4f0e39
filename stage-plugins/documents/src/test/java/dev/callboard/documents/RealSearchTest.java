package dev.callboard.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.callboard.documents.search.SearchQuestion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All published documents of the folder in one index: see {@link RealDocumentsTest}. */
class RealSearchTest {
    private static final Path FOLDER = Path.of(System.getProperty("callboard.documents", "../../../shared/documents"));

    @TempDir
    Path folder;

    private final TestContext context = new TestContext();
    private final Map<String, String> titles = new HashMap<>();

    @BeforeEach
    void indexTheDocuments() throws Exception {
        assumeTrue(Files.isDirectory(FOLDER), "no folder of real documents");
        context.folder(folder);
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file : files.filter(path -> !path.toString().endsWith(".md"))
                    .sorted()
                    .toList()) {
                context.file(file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
        List<Map<String, Object>> documents = TestContext.list(context.run("ingest", "parse", "ir-validation"));
        for (Map<String, Object> document : documents) {
            titles.put((String) Read.meta(document).get("name"), (String) document.get("title"));
        }
        context.state("document", documents);
        Object receipt = context.runOn(documents, "chunk", "index");
        assertThat(((Map<?, ?>) receipt).get("documents")).isEqualTo(titles.size());
    }

    private Map<String, Object> first(String q) throws Exception {
        Map<?, ?> answer = (Map<?, ?>) new SearchQuestion().execute(context, Map.of("q", q, "mode", "text"));
        return TestContext.list(answer.get("items")).get(0);
    }

    @Test
    void wordsFindThePaperThatIsAboutThem() throws Exception {
        Map<String, String> questions = Map.of(
                "Rift Valley fever goats", "pntd.0002065.nxml",
                "seroprevalence of RVFV in small ruminants of Mozambique", "pntd.0002065.nxml",
                "NCT02576665", "ctgov-get_nct02576665_20260811.json",
                "left bundle branch pacing", "PMC11784394.xml",
                "deep venous thrombosis prophylaxis in trauma patients", "cermine-test1-datta-2010.pdf",
                "\"selective pressure\" codeml", "cermine-test6-vespa.pdf",
                "free software browser community", "wikipedia-mozilla.html",
                "10.1371/journal.pntd.0002065", "pntd.0002065.nxml");
        for (Map.Entry<String, String> question : questions.entrySet()) {
            assertThat(first(question.getKey()))
                    .as(question.getKey())
                    .containsEntry("title", titles.get(question.getValue()));
        }
    }
}
