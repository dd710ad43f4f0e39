package dev.callboard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.pipelines.SourceConfig.Given;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A task that was made on the command line is found again by what it was made of. */
class RunTitleTest {
    @TempDir
    Path folder;

    private static final RunRequest.Target TARGET = new RunRequest.Target() {
        @Override
        public List<String> stageNames(String pipeline) {
            return List.of();
        }

        @Override
        public Set<Given> takes(String pipeline) {
            return EnumSet.allOf(Given.class);
        }

        @Override
        public String store(InputStream bytes, String name) {
            return "0".repeat(64);
        }
    };

    private String title(String... inputs) throws Exception {
        return String.valueOf(RunRequest.of(TARGET, "auto", List.of(inputs), List.of(), List.of())
                .get("title"));
    }

    private String file(String name) throws Exception {
        return Files.writeString(folder.resolve(name), "x").toString();
    }

    @Test
    void itIsCalledByItsInputs() throws Exception {
        assertThat(title(file("tide-gauges.xml"))).isEqualTo("tide-gauges.xml");
        assertThat(title(file("a.txt"), file("b.txt"), file("c.txt"))).isEqualTo("a.txt and 2 more");
        assertThat(title(file("Pay\u202etxt"))).isEqualTo("Paytxt");
        assertThat(title(file("\u200b"))).isEqualTo("run auto");
        assertThat(title()).isEqualTo("run auto");
    }
}
