package dev.callboard.registry;

import dev.callboard.json.Json;
import dev.callboard.testing.PaletteMirror;
import dev.callboard.testing.ServerFixture;
import dev.callboard.testing.Stages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;

/** A server and its file of custom stages, edited as by hand. */
abstract class StagesFileFixture extends ServerFixture {

    Path file;

    @BeforeEach
    void findFile() {
        file = server.stagesFile();
    }

    void restart() {
        server.restart();
        http = server.http();
    }

    void edit(String text) throws IOException {
        Path other = file.resolveSibling("edited-by-hand");
        Files.createDirectories(file.getParent());
        Files.writeString(other, text);
        Files.move(other, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    void editTo(String... ids) throws IOException {
        edit(Json.writePretty(Stages.file(ids)));
    }

    List<String> inFile() throws IOException {
        List<String> ids = new ArrayList<>();
        Object value = Json.parse(Files.readAllBytes(file));
        ((List<?>) ((Map<?, ?>) value).get("stages"))
                .forEach(stage -> ids.add(String.valueOf(((Map<?, ?>) stage).get("id"))));
        return ids;
    }

    List<String> shown() {
        return PaletteMirror.entriesOf(server.palette()).values().stream()
                .filter(entry -> entry.path("custom").asBoolean())
                .map(entry -> entry.path("id").asText())
                .toList();
    }

    String status() {
        return http.get("/api/vp").at("/stages_file/status").asText();
    }
}
