package dev.callboard.fork;

import static dev.callboard.fork.ForkServer.processes;
import static dev.callboard.fork.ForkServer.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callboard.Main;
import dev.callboard.testing.Http;
import java.io.BufferedReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** No process of a plugin outlives its server, however that ends. */
@Timeout(120)
class ForkKillTest {
    private static final String READY = "Callboard is listening on ";

    @TempDir
    Path folder;

    private Process server;
    private List<ProcessHandle> children = List.of();

    @BeforeEach
    void startAServerThatRunsTwoStages() throws Exception {
        new ForkServer(folder).write("1.0.0");
        server = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "serve",
                        "--port",
                        "0")
                .directory(folder.toFile())
                .redirectError(folder.resolve("server.err").toFile())
                .start();
        BufferedReader out = server.inputReader(StandardCharsets.UTF_8);
        String line = out.readLine();
        while (line != null && !line.startsWith(READY)) {
            line = out.readLine();
        }
        assertThat(line).isNotNull();
        Http http = Http.at(URI.create(line.substring(READY.length()).strip()));
        ProcessHandle parked = ForkServer.process(http, run(http, "park"));
        ProcessHandle spinning = ForkServer.process(http, run(http, "park"));
        assertThat(spinning).isNotEqualTo(parked);
        children = processes(server.toHandle());
        assertThat(children).contains(parked, spinning);
    }

    @AfterEach
    void end() {
        server.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    void whenTheServerIsKilledItsChildrenEndByThemselves() throws Exception {
        server.destroyForcibly();
        assertThat(server.waitFor(10, TimeUnit.SECONDS)).isTrue();
        await().until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
    }

    @Test
    void whenTheServerIsAskedToEndItEndsThemInTime() throws Exception {
        server.destroy();
        assertThat(server.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(server.exitValue()).isZero();
        assertThat(children).noneMatch(ProcessHandle::isAlive);
    }
}
