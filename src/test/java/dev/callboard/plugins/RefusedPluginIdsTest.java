package dev.callboard.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.json.Json;
import dev.callboard.testing.PluginJars;
import dev.callboard.testing.Stages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A plugin that was refused owns nothing, and a broken stages file leaves the last good state there and shown. */
class RefusedPluginIdsTest extends PluginFixture {

    @Test
    void aPluginThatWasRefusedReservesNoIds() throws IOException {
        server.start();
        assertThat(server.add("mine").status()).isEqualTo(200);
        PluginJars.of("Late", "mine", "own").write(plugins, "late.jar");
        await().until(() -> state("late.jar"), "refused"::equals);

        edit("mine", "added");

        await().until(() -> stage("added").status() == 200);
        assertThat(file().path("status").asText()).isEqualTo("ok");
        assertThat(server.add("another").status()).isEqualTo(200);
        // An id that only the refused plugin wanted is free too.
        edit("mine", "own");
        await().until(() -> stage("own").at("/origin").asText(), "custom"::equals);
        server.restart();
        assertThat(file().path("status").asText()).isEqualTo("ok");
        assertThat(stage("mine").at("/origin").asText()).isEqualTo("custom");
        refused("late.jar", "'mine'", "custom stage");
    }

    @Test
    void anIdOfALoadedPluginStaysReserved() throws IOException {
        PluginJars.of("Early", "theirs").write(plugins, "early.jar");
        server.start();
        assertThat(server.add("mine").status()).isEqualTo(200);

        edit("mine", "theirs");

        await().until(() -> file().path("status").asText(), "unreadable"::equals);
        assertThat(stage("theirs").at("/origin").asText()).isEqualTo("plugin");
        assertThat(stage("mine").status()).isEqualTo(200);
    }

    @Test
    void theLastGoodStateIsKnownAndShownWithoutItsCopy() throws IOException {
        server.start();
        assertThat(server.add("mine").status()).isEqualTo(200);
        Path stages = stagesFile();
        Files.delete(stages.resolveSibling(stages.getFileName() + ".bak"));
        Files.writeString(stages, "{ broken");

        await().until(() -> file().path("status").asText(), "unreadable"::equals);

        assertThat(file().path("backup").asBoolean()).isTrue();
        assertThat(stage("mine").status()).isEqualTo(200);
        assertThat(server.http().post("/api/vp/restore", null).status()).isEqualTo(200);
        assertThat(Files.readString(stages)).contains("mine");
    }

    private JsonNode file() {
        return server.http().get("/api/vp").at("/stages_file");
    }

    private Path stagesFile() {
        return Path.of(file().path("path").asText());
    }

    private void edit(String... ids) throws IOException {
        List<?> stages = List.of(ids).stream().map(Stages::manual).toList();
        Files.writeString(stagesFile(), Json.write(Map.of("stages", stages)));
    }
}
