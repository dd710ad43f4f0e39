package dev.callboard.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Which pipeline an input is for (fault H12: what an address leads to). */
class SourceFitTest {
    private static int fit(List<String> sources, Map<String, Object> item) {
        Pipeline pipeline = Objects.requireNonNull(PipelineReader.read(Map.of(
                        "name",
                        "p",
                        "applicable_sources",
                        sources,
                        "stages",
                        List.of(Map.of("name", "s", "type", "t"))))
                .pipeline());
        return SourceFit.of(pipeline, List.of(item));
    }

    @Test
    void anAddressIsKnownByItsName() {
        Map<String, Object> paper = Map.of("url", "https://example.org/a/paper.PDF", "name", "paper.PDF");
        assertThat(fit(List.of("application/pdf", ".pdf"), paper)).isEqualTo(6);
        assertThat(fit(List.of("application/pdf"), paper)).isEqualTo(5);
        assertThat(fit(List.of("urls"), paper)).isEqualTo(2);
        assertThat(fit(List.of("files", "text"), paper)).isEqualTo(SourceFit.NONE);
    }

    @Test
    void aMediaTypeThatIsStatedWins() {
        Map<String, Object> paper =
                Map.of("url", "https://example.org/download?id=7", "name", "download", "media_type", "application/pdf");
        assertThat(fit(List.of("application/pdf"), paper)).isEqualTo(5);
        assertThat(fit(List.of(".pdf"), paper)).isEqualTo(SourceFit.NONE);
    }

    @Test
    void anAddressThatSaysNothingIsForThoseThatTakeAddresses() {
        Map<String, Object> page = Map.of("url", "https://example.org/", "name", "example.org");
        assertThat(fit(List.of("application/pdf", ".pdf"), page)).isEqualTo(SourceFit.NONE);
        assertThat(fit(List.of("urls"), page)).isEqualTo(2);
        assertThat(fit(List.of("*"), page)).isZero();
    }

    /** PDFs are read by what reads other files, and fetched by what fetches other addresses. */
    @Test
    void theShippedPipelinesShareInputsOut() throws IOException {
        Map<String, Object> address = Map.of("url", "https://example.org/a/paper.pdf", "name", "paper.pdf");
        Map<String, Object> scan = Map.of("blob", "0", "name", "paper.pdf", "media_type", "application/pdf");
        Map<String, Object> report = Map.of("blob", "0", "name", "a.docx", "media_type", "application/octet-stream");
        for (Map<String, Object> file : List.of(scan, report)) {
            assertThat(shippedFor(file)).containsExactly("auto");
        }
        assertThat(shippedFor(address)).containsExactly("web");
    }

    private static List<String> shippedFor(Map<String, Object> item) throws IOException {
        List<String> found = new ArrayList<>();
        for (String name : List.of("auto", "dev-task", "pdf-two-phase", "web")) {
            String text = Files.readString(Path.of("config/pipelines", name + ".yaml"));
            Pipeline pipeline = Objects.requireNonNull(PipelineYaml.read(text).pipeline());
            if (SourceFit.of(pipeline, List.of(item)) != SourceFit.NONE) {
                found.add(name);
            }
        }
        return found;
    }
}
