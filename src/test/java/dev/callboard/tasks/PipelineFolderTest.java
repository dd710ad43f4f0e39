package dev.callboard.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineFolderTest {
    @TempDir
    Path dir;

    private void write(String file, String text) throws IOException {
        Files.writeString(dir.resolve(file), text);
    }

    private static String pipeline(String name, String stage) {
        return "name: " + name + "\nstages: [{name: " + stage + ", type: chunk}]\n";
    }

    @Test
    void aBadFileLeavesTheOldStateServed() throws IOException {
        PipelineFolder folder = new PipelineFolder(dir);
        write("a.yaml", pipeline("alpha", "one"));
        folder.look();
        assertThat(folder.files()).extracting(PipelineFile::name).containsExactly("alpha");

        write("a.yaml", "name: alpha\nstages: []\nx");
        folder.look();
        assertThat(folder.files()).singleElement().satisfies(file -> {
            assertThat(file.pipeline()).isNotNull();
            assertThat(file.faults()).isNotEmpty();
        });

        write("a.yaml", pipeline("alpha", "three"));
        folder.look();
        assertThat(folder.files()).singleElement().satisfies(file -> {
            assertThat(file.pipeline().stages()).extracting("name").containsExactly("three");
            assertThat(file.faults()).isEmpty();
        });
    }

    @Test
    void aFileThatWasNeverGoodIsListedByItsName() throws IOException {
        PipelineFolder folder = new PipelineFolder(dir);
        write("bad.yaml", "name: [");
        write("good.yml", pipeline("good", "s"));
        write("zz.yaml", pipeline("good", "other"));
        folder.look();
        assertThat(folder.files()).extracting(PipelineFile::name).containsExactly("bad", "good");
        assertThat(folder.files().get(0).pipeline()).isNull();
    }

    @Test
    void aFileThatIsGoneIsServedNoMore() throws IOException {
        PipelineFolder folder = new PipelineFolder(dir);
        write("a.yaml", pipeline("alpha", "one"));
        folder.look();
        Files.delete(dir.resolve("a.yaml"));
        folder.look();
        assertThat(folder.files()).isEmpty();
    }
}
