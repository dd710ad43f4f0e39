package dev.callboard.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callboard.json.Json;
import dev.callboard.testing.PluginJars;
import dev.callboard.testing.Stages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What changed in files and folders is told too, even if the server was stopped meanwhile. */
class FilesAuditTest extends AuditFixture {
    @Test
    void jarsThatComeAndGoAreAudited() throws IOException {
        PluginJars.of("Good", "good").write(server.plugins(), "good.jar");
        PluginJars.of("Old", "old").api("0").write(server.plugins(), "old.jar");
        await().untilAsserted(() -> assertThat(told("kind=plugin."))
                .containsExactlyInAnyOrder(
                        "plugin.loaded good.jar, folder: plugins/good.jar from plugins folder",
                        "plugin.refused old.jar, folder: plugins/old.jar from plugins folder"));
        // One that loads slowly is shown as loading first, and updated.
        assertThat(told("subject=good"))
                .filteredOn(each -> !each.startsWith("stage.updated"))
                .containsExactly("stage.added good, folder: plugins/good.jar from plugins folder");
        assertThat(rows("subject=old.jar").get(0).path("detail").asText()).contains("stage API", "sha256 ");

        Files.delete(server.plugins().resolve("good.jar"));
        await().untilAsserted(() -> assertThat(told("subject=good.jar"))
                .last()
                .isEqualTo("plugin.removed good.jar, folder: plugins/good.jar from plugins folder"));
    }

    @Test
    void whatChangedWhileTheServerWasStoppedIsAudited() throws IOException {
        server.add("kept");
        server.add("lost");
        server.stop();
        Files.writeString(server.stagesFile(), Json.write(Stages.file("found", "kept")));
        server.start();
        http = server.http();
        assertThat(told("subject=found")).containsExactly("stage.added found, " + STAGES_FILE);
        assertThat(told("subject=lost")).last().isEqualTo("stage.removed lost, engine from engine");
    }

    @Test
    void aRestoredStagesFileIsAudited() throws IOException {
        server.add("mine");
        Files.writeString(server.stagesFile(), "{");
        await().until(() ->
                http.get("/api/vp").at("/stages_file/status").asText().equals("unreadable"));
        assertThat(http.post("/api/vp/restore", null, EDITOR).status()).isEqualTo(200);
        String file = rows("kind=stages_file.restored").get(0).path("subject").asText();
        assertThat(told("kind=stages_file."))
                .contains(
                        "stages_file.unreadable " + file + ", " + STAGES_FILE,
                        "stages_file.restored " + file + ", " + API);
    }

    @Test
    void pipelinesAndTheirOverridesAreAuditedAfterARestartToo() throws IOException {
        Path file = server.stagesFile().resolveSibling("pipelines").resolve("mine.yaml");
        await().until(() -> !rows("kind=pipeline.").isEmpty());
        Files.writeString(file, "name: mine\nstages:\n  - {name: a, type: planning}\n");
        await().untilAsserted(() -> assertThat(told("subject=mine")).containsExactly("pipeline.added mine, " + MINE));
        server.stop();
        Files.writeString(
                file, "name: mine\nstages:\n  - {name: a, type: planning, metadata_overrides: {description: Other}}\n");
        server.start();
        http = server.http();
        await().untilAsserted(() -> assertThat(told("subject=mine"))
                .containsExactly("pipeline.added mine, " + MINE, "pipeline.changed mine, " + MINE));
        assertThat(told("kind=override.set&subject=mine/a")).containsExactly("override.set mine/a, " + MINE);
        Files.delete(file);
        await().untilAsserted(
                        () -> assertThat(told("subject=mine")).last().isEqualTo("pipeline.removed mine, " + MINE));
    }
}
