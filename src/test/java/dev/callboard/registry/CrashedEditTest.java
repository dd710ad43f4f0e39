package dev.callboard.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.testing.FeedClient;
import dev.callboard.testing.Patience;
import dev.callboard.testing.Reply;
import dev.callboard.testing.Stages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * An edit goes to the stages file, then to the database, then to the followers of the palette, then to the file's backup, and is
 * answered at last. Wherever a crash interrupts that, the start after it makes all of them the same.
 */
class CrashedEditTest extends StagesFileFixture {
    /** What of an edit is on the disk. */
    enum Crash {
        /** The bytes lie beside the stages file. */
        BEFORE_THE_FILE(false, false, false, "Old", 0),
        BEFORE_THE_DATABASE(true, false, false, "New", 1),
        BEFORE_THE_BACKUP(true, true, false, "New", 1),
        BEFORE_THE_ANSWER(true, true, true, "New", 1),
        /** The rename of the file was lost with the power, which a disk that lies about its syncs makes possible. */
        WITHOUT_THE_FILE(false, true, false, "Old", 2);

        private final boolean file;
        private final boolean database;
        private final boolean backup;
        private final String name;
        private final int further;

        Crash(boolean file, boolean database, boolean backup, String name, int further) {
            this.file = file;
            this.database = database;
            this.backup = backup;
            this.name = name;
            this.further = further;
        }
    }

    @ParameterizedTest
    @EnumSource
    void theStartSettlesWhatACrashLeft(Crash crash) throws IOException {
        http.post("/api/vp/stages", Stages.manual("edited", "Old"));
        long revision = server.revision();
        server.stop();
        copy(folder.resolve("data"), folder.resolve("data-before"));
        byte[] before = Files.readAllBytes(file);
        server.start();
        server.http().put("/api/vp/stages/edited", Stages.manual("edited", "New"));
        String acknowledged = server.palette().toString();
        server.stop();
        byte[] after = Files.readAllBytes(file);

        if (!crash.database) {
            copy(folder.resolve("data-before"), folder.resolve("data"));
        }
        Files.write(file, crash.file ? after : before);
        Files.write(backup(), crash.backup ? after : before);
        Files.write(beside(".tmp"), after);
        server.start();

        Reply stage = server.http().get("/api/vp/stages/edited");
        assertThat(stage.at("/name").asText()).isEqualTo(crash.name);
        assertThat(server.revision()).isEqualTo(revision + crash.further);
        if (crash.file && crash.database) {
            assertThat(server.palette().toString()).isEqualTo(acknowledged);
        }
        assertThat(backup()).hasSameBinaryContentAs(file);
        assertThat(beside(".tmp")).doesNotExist();
        String settled = server.palette().toString();
        restart();
        assertThat(server.palette().toString()).isEqualTo(settled);
        assertThat(server.add("next").at("/revision").asLong()).isEqualTo(revision + crash.further + 1);
    }

    /** The backup's place is a pipe here: nothing can be written to it before somebody reads it. */
    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "makes a pipe")
    void aChangeIsShownBeforeTheBackupHasItAndAnsweredAfter() throws Exception {
        server.add("first");
        Path pipe = beside(".bak.tmp");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor(10, TimeUnit.SECONDS))
                .isTrue();
        FeedClient feed = server.feed().subscribe("palette");
        feed.next();
        CompletableFuture<Reply> answer = http.postLater("/api/vp/stages", Stages.manual("second"));
        assertThat(feed.next().at("/stage/id").asText()).isEqualTo("second");
        assertThat(shown()).containsExactly("first", "second");
        assertThat(inFile()).containsExactly("first", "second");
        assertThat(answer).isNotDone();
        assertThat(Files.readAllBytes(pipe)).isEqualTo(Files.readAllBytes(file));
        assertThat(answer.get(Patience.SOON.toSeconds(), TimeUnit.SECONDS).status())
                .isEqualTo(200);
        Files.delete(pipe);
        server.add("third");
        assertThat(backup()).hasSameBinaryContentAs(file);
    }

    private Path backup() {
        return beside(".bak");
    }

    private Path beside(String kind) {
        return file.resolveSibling(file.getFileName() + kind);
    }

    /** Makes a folder what another is. */
    private static void copy(Path from, Path to) throws IOException {
        if (Files.exists(to)) {
            try (Stream<Path> old = Files.walk(to).sorted(Comparator.reverseOrder())) {
                for (Path path : old.toList()) {
                    Files.delete(path);
                }
            }
        }
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Files.copy(path, to.resolve(from.relativize(path)), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }
}
