package dev.callboard.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
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
        assertThat(folder.files()).extracting(PipelineFile::name).containsExactly("bad", "good", "zz");
        assertThat(folder.files().get(0).pipeline()).isNull();
    }

    @Test
    void aCopyBesideItDoesNotTakeOverAndIsShownWithTheFault() throws IOException {
        PipelineFolder folder = new PipelineFolder(dir);
        write("auto copy.yaml", pipeline("auto", "copied"));
        write("auto.yaml", pipeline("auto", "own"));
        folder.look();
        assertThat(folder.files()).extracting(PipelineFile::name).containsExactly("auto", "auto copy");
        assertThat(folder.files().get(0).fileName()).isEqualTo("auto.yaml");
        assertThat(folder.files().get(1).faults()).singleElement().satisfies(fault -> assertThat(fault.detail())
                .contains("'auto'")
                .contains("auto.yaml"));
    }

    @Test
    void whatEditorsAndFileSystemsLeaveIsNoPipeline() throws IOException {
        PipelineFolder folder = new PipelineFolder(dir);
        write("auto.yaml", pipeline("auto", "s"));
        write("._auto.yaml", "\u0000\u0005\u0016\u0007");
        Files.createSymbolicLink(dir.resolve(".#auto.yaml"), Path.of("somebody@somewhere.1"));
        folder.look();
        assertThat(folder.files()).extracting(PipelineFile::name).containsExactly("auto");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "makes a pipe")
    void whatIsNoOrdinaryFileIsAFaultOfItsOwn() throws Exception {
        PipelineFolder folder = new PipelineFolder(dir);
        write("auto.yaml", pipeline("auto", "s"));
        Files.createDirectory(dir.resolve("folder.yaml"));
        assertThat(new ProcessBuilder("mkfifo", dir.resolve("pipe.yaml").toString())
                        .start()
                        .waitFor())
                .isZero();
        folder.look();
        assertThat(folder.files()).extracting(PipelineFile::name).containsExactly("auto", "folder", "pipe");
        assertThat(folder.files().get(2).faults()).singleElement().satisfies(fault -> assertThat(fault.detail())
                .contains("not an ordinary file"));
        folder.write("new.yaml", pipeline("new", "s").getBytes(StandardCharsets.UTF_8));
        assertThat(folder.look()).hasSize(4);
    }

    @Test
    void ofALinkWhatItLeadsToIsWritten() throws IOException {
        Path elsewhere = Files.createDirectory(dir.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("real.yaml"), pipeline("auto", "s"));
        Files.createSymbolicLink(dir.resolve("auto.yaml"), elsewhere.resolve("real.yaml"));
        PipelineFolder folder = new PipelineFolder(dir);
        folder.look();
        folder.write("auto.yaml", pipeline("auto", "other").getBytes(StandardCharsets.UTF_8));
        assertThat(dir.resolve("auto.yaml")).isSymbolicLink();
        assertThat(elsewhere.resolve("real.yaml")).content().contains("other");
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheText() throws IOException {
        PipelineFolder folder = new PipelineFolder(dir);
        write("auto.yaml", "\uFEFF" + pipeline("auto", "s"));
        folder.look();
        assertThat(folder.files()).singleElement().satisfies(file -> {
            assertThat(file.faults()).isEmpty();
            assertThat(file.text()).startsWith("name");
        });
    }

    @Test
    void aVersionIsKeptAsItIsWritten() {
        for (String version : new String[] {"1.10", "1_0", "1e3", "0x10", "2", "1.0.0"}) {
            PipelineYaml yaml = PipelineYaml.read("name: p\nversion: " + version + "\nstages: [{name: s, type: t}]");
            assertThat(yaml.faults()).isEmpty();
            assertThat(yaml.pipeline()).isNotNull();
            assertThat(yaml.pipeline().version()).isEqualTo(version);
        }
        PipelineYaml yaml = PipelineYaml.read("name: p\nstages: [{name: s, type: t, config: {max_bytes: 1e6}}]");
        assertThat(yaml.pipeline().stages().get(0).config().get("max_bytes")).isEqualTo(1_000_000L);
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
