package dev.callboard.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callboard.testing.JarProcess;
import dev.callboard.testing.Patience;
import dev.callboard.testing.Tasks;
import dev.callboard.testing.WebStub;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code run --server} with a server that goes away. */
class RunOnServerIT {
    private static final int HEAP_MB = 256;

    @TempDir
    Path dir;

    private String said() throws IOException {
        return Files.readString(dir.resolve("err"));
    }

    @Test
    void aServerThatIsKilledAndStartedAgainIsWaitedFor() throws Exception {
        Path pipelines = Files.createDirectories(dir.resolve("config/pipelines"));
        Files.writeString(
                pipelines.resolve("held.yaml"),
                "name: held\nstages: [{name: hold, type: gate, config: {conditions: {field: go, equals: true}}}]\n");
        JarProcess first = JarProcess.serve(dir);
        URI uri = first.uri();
        Process run = new PackagedJar(dir)
                .command("run", "held", "--server", uri.toString())
                .start();
        try {
            await().until(() -> Files.readString(dir.resolve("out")).contains("hold waiting for go"));
            first.kill();
            await().until(() -> said().contains("It is asked again for up to 60 s."));
            try (JarProcess second = JarProcess.serveAt(uri.getPort(), HEAP_MB, dir, Map.of())) {
                await().until(() -> said().contains("The server answers again."));
                String id = said().replaceAll("(?s)^callboard: Task (\\S+), to be seen at .*", "$1");
                assertThat(said()).startsWith("callboard: Task " + id + ", to be seen at " + uri + "/tasks/" + id);
                new Tasks(second.http()).ledger(id, Map.of("go", true));
                assertThat(run.waitFor(Patience.SOON.toSeconds(), TimeUnit.SECONDS))
                        .isTrue();
            }
        } finally {
            run.destroyForcibly();
            first.close();
        }
        assertThat(run.exitValue()).as(said()).isZero();
        assertThat(said()).containsOnlyOnce("asked again for up to 60 s");
        assertThat(Files.readString(dir.resolve("out")))
                .contains("[1/1] hold completed")
                .contains(" completed\n");
    }

    @Test
    void aFailureIsSaidOnceAndEndsNoTask() throws Exception {
        try (WebStub server = new WebStub()) {
            server.answer("/api/pipelines/p", each -> WebStub.reply(each, 200, "application/json", "{\"stages\": []}"))
                    .answer("/api/tasks", each -> WebStub.reply(each, 201, "application/json", "{\"id\": \"t1\"}"));
            JarProcess.Done done = JarProcess.run(dir, "run", "p", "--server", server.url(""));
            assertThat(done.code()).as(done.err()).isEqualTo(ExitCode.FAILED);
            assertThat(done.err())
                    .containsOnlyOnce("What answers at " + server.url("") + " is not a Callboard.")
                    .contains("callboard: Task t1, to be seen at " + server.url("/tasks/t1"));
            assertThat(server.requests()).noneMatch(each -> each.line().contains("cancel"));
        }
    }
}
