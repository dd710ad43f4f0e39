package dev.callboard.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.testing.Reply;
import dev.callboard.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are dropped into folders. */
class FolderSourceTest {
    @TempDir
    static Path folder;

    private static Path root;
    private static TestServer server;
    private static TriggerFixture fixture;

    @BeforeAll
    static void start() throws IOException {
        root = Files.createDirectories(folder.resolve("inboxes"));
        server = TestServer.start(folder, Map.of("sources.folder_roots", root.toString()));
        fixture = TriggerFixture.on(server);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Path inbox(String name) throws IOException {
        return Files.createDirectories(root.resolve(name));
    }

    private static List<String> titles(String pipeline) {
        return fixture.tasks(pipeline).stream()
                .map(task -> task.at("/title").asText())
                .sorted()
                .toList();
    }

    @Test
    void eachFileBecomesOneTaskAndIsMovedOutOfTheWay() throws IOException {
        Path inbox = inbox("moved");
        Files.writeString(inbox.resolve("one.txt"), "first");
        Files.writeString(inbox.resolve("two.txt"), "second");
        Files.writeString(inbox.resolve("three.bin"), "matches nothing");
        Files.writeString(inbox.resolve(".hidden.txt"), "an editor's");
        Files.createDirectories(inbox.resolve("folder.txt"));
        Path outside = Files.writeString(folder.resolve("outside.txt"), "not in the folder");
        Files.createSymbolicLink(inbox.resolve("link.txt"), outside);
        fixture.trigger("moved", "folder", Map.of("path", inbox.toString(), "pattern", "*.txt", "then", "move"));
        await().until(() ->
                Files.exists(inbox.resolve(".done/one.txt")) && Files.exists(inbox.resolve(".done/two.txt")));
        assertThat(titles("moved")).containsExactly("one.txt", "two.txt");
        assertThat(inbox.resolve("one.txt")).doesNotExist();
        assertThat(inbox.resolve("link.txt")).exists();
        JsonNode task = fixture.tasks("moved").get(0);
        assertThat(task.at("/trigger/type").asText()).isEqualTo("folder");
        JsonNode input =
                server.http().get("/api/tasks/" + task.at("/id").asText()).at("/input/0");
        assertThat(server.http().get("/api/blobs/" + input.at("/blob").asText()).text())
                .isIn("first", "second");
        Files.writeString(inbox.resolve("one.txt"), "another one");
        await().until(() -> Files.exists(inbox.resolve(".done/one-2.txt")));
        assertThat(inbox.resolve(".done/one.txt")).hasContent("first");
        assertThat(titles("moved")).containsExactly("one.txt", "one.txt", "two.txt");
    }

    @Test
    void aFileThatIsKeptCountsOnceOverARestartAndAgainOnceItChanges() throws IOException {
        Path inbox = inbox("kept");
        Path file = Files.writeString(inbox.resolve("a.txt"), "as it was");
        fixture.trigger("kept", "folder", Map.of("path", inbox.toString()));
        await().until(() -> titles("kept").size() == 1);
        server.restart();
        Files.writeString(inbox.resolve("b.txt"), "later");
        await().until(() -> titles("kept").contains("b.txt"));
        assertThat(titles("kept")).containsExactly("a.txt", "b.txt");
        Files.writeString(file, "as it is now");
        await().until(() -> titles("kept").size() == 3);
        assertThat(titles("kept")).containsExactly("a.txt", "a.txt", "b.txt");
    }

    @Test
    void aFolderThatIsNotAllowedIsSaidWithTheWayToAllowIt() throws IOException {
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        Reply put = fixture.put("outside", "folder", Map.of("path", elsewhere.toString()));
        assertThat(put.status()).isEqualTo(201);
        assertThat(put.at("/warnings/0/pointer").asText()).isEqualTo("/sources/0/config/path");
        assertThat(put.at("/warnings/0/detail").asText()).contains("sources.folder_roots");
        await().until(() -> fixture.trigger("outside").at("/state").asText().equals("invalid"));
        assertThat(fixture.trigger("outside").at("/reason").asText()).contains("sources.folder_roots");
    }

    @Test
    void firedByHandItSaysWhatCameOfIt() throws IOException {
        Path inbox = inbox("by-hand");
        JsonNode trigger = fixture.trigger("by-hand", "folder", Map.of("path", inbox.toString()));
        Reply nothing = await().until(
                        () -> fixture.command(trigger, "fire"),
                        reply -> !reply.at("/message").asText().contains("looked at already"));
        assertThat(nothing.at("/ok").asBoolean()).as(nothing.text()).isTrue();
        assertThat(nothing.at("/task_id").isNull()).isTrue();
        assertThat(nothing.at("/message").asText()).contains("no file to take");
        fixture.command(trigger, "pause");
        Files.setLastModifiedTime(
                Files.writeString(inbox.resolve("a.txt"), "a"),
                FileTime.from(Instant.now().minusSeconds(60)));
        await().until(() ->
                fixture.command(trigger, "fire").at("/message").asText().contains("is paused"));
        assertThat(titles("by-hand")).isEmpty();
        fixture.command(trigger, "resume");
        await().until(() -> titles("by-hand").size() == 1);
    }

    @Test
    void aLinkLeadsNowhereElse() throws IOException {
        Path target = Files.createDirectories(folder.resolve("target"));
        Files.writeString(target.resolve("secret.txt"), "not for tasks");
        Path link = Files.createSymbolicLink(root.resolve("way-out"), target);
        fixture.put("linked", "folder", Map.of("path", link.toString()));
        await().until(() -> fixture.trigger("linked").at("/state").asText().equals("invalid"));
        assertThat(fixture.tasks("linked")).isEmpty();
    }
}
