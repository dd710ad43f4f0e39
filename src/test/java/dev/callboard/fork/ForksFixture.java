package dev.callboard.fork;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.config.ForkConfig;
import dev.callboard.process.ChildProcesses;
import dev.callboard.spi.Stage;
import dev.callboard.testing.PluginJars;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Plugins in processes of their own, two at the most; all of them have ended when a test is over. */
abstract class ForksFixture {

    @TempDir
    Path folder;

    final ForkContext context = new ForkContext();
    final ExecutorService threads = Executors.newCachedThreadPool();
    Forks forks;

    @BeforeEach
    void prepare() {
        forks = forks(Duration.ofMinutes(1));
    }

    Forks forks(Duration keep) {
        return new Forks(
                new ForkConfig(64, Duration.ofSeconds(10), 2),
                folder.resolve("work"),
                new ChildProcesses(folder),
                name -> null,
                keep);
    }

    @AfterEach
    void close() throws InterruptedException {
        List<Worker> all = forks.workers();
        forks.close();
        assertThat(all).allMatch(worker -> worker.ended().isDone());
        threads.shutdownNow();
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    ForkedPlugin load(String name, String code) throws Exception {
        return forks.load(name, jar(name, code));
    }

    Path jar(String name, String code) throws IOException {
        String registration = "new StageRegistration(StageMetadata.builder(\"a-stage\").stateKey(\"key\")"
                + ".description(\"D\").dependencies(\"parse\").build(), () -> (context, input) -> {" + code + "})";
        return PluginJars.of(name).registering(registration).write(folder, name + ".jar");
    }

    static Stage stage(ForkedPlugin plugin) {
        return plugin.registrations().get(0).factory().get();
    }

    Object execute(ForkedPlugin plugin, Object input) throws Exception {
        return stage(plugin).execute(context, input);
    }
}
