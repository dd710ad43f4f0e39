package dev.callboard.fork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.callboard.config.ForkConfig;
import dev.callboard.spi.Stage;
import dev.callboard.spi.StageFailure;
import dev.callboard.spi.StageRegistration;
import dev.callboard.spi.StageWait;
import dev.callboard.testing.PluginJars;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Stages in processes of their own, without a server around them. */
@Timeout(120)
class ForksTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private final ForkContext context = new ForkContext();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private Forks forks;

    @BeforeEach
    void prepare() {
        forks = forks(Duration.ofMinutes(1));
    }

    private Forks forks(Duration keep) {
        return new Forks(new ForkConfig(64, Duration.ofSeconds(10), 2), folder.resolve("work"), name -> null, keep);
    }

    @AfterEach
    void close() throws InterruptedException {
        List<Worker> all = forks.workers();
        forks.close();
        assertThat(all).allMatch(worker -> worker.ended().isDone());
        threads.shutdownNow();
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    private ForkedPlugin load(String name, String code) throws Exception {
        return forks.load(name, jar(name, code));
    }

    private Path jar(String name, String code) throws IOException {
        String registration = "new StageRegistration(StageMetadata.builder(\"a-stage\").stateKey(\"key\")"
                + ".description(\"D\").dependencies(\"parse\").build(), () -> (context, input) -> {" + code + "})";
        return PluginJars.of(name).registering(registration).write(folder, name + ".jar");
    }

    private static Stage stage(ForkedPlugin plugin) {
        return plugin.registrations().get(0).factory().get();
    }

    private Object execute(ForkedPlugin plugin, Object input) throws Exception {
        return stage(plugin).execute(context, input);
    }

    @Test
    void theRegistrationSaysWhatTheJarSays() throws Exception {
        StageRegistration registration =
                load("Says", "return null;").registrations().get(0);
        assertThat(registration.metadata().stageType()).isEqualTo("a-stage");
        assertThat(registration.metadata().stateKeys()).containsExactly("key");
        assertThat(registration.metadata().description()).isEqualTo("D");
        assertThat(registration.metadata().dependencies()).containsExactly("parse");
    }

    @Test
    void theContextIsTheServers() throws Exception {
        ForkedPlugin plugin = load(
                "Context",
                """
                context.progress(1, 0, null);
                context.writeLedger("entry", null);
                return java.util.Arrays.asList(context.taskId(), context.stageName(), context.settings(),
                    context.pluginSettings(), context.ledger(), context.memory(), context.attempt(),
                    context.idempotencyKey(), context.deadline().isPresent(), input,
                    java.time.Duration.between(context.now(), java.time.Instant.parse("2001-02-03T04:05:06.789Z")).abs().toMinutes());
                """);
        assertThat(execute(plugin, null))
                .isEqualTo(java.util.Arrays.asList(
                        "task",
                        "stage",
                        Map.of("a", 1),
                        Map.of("b", 2),
                        Map.of("c", 3),
                        Map.of("d", 4),
                        3,
                        "key",
                        false,
                        null,
                        0));
        assertThat(context.progress).containsExactly("1/0 null");
        assertThat(context.lines).containsExactly("entry=null");
    }

    @Test
    void aStageThatWaitsSaysSo() throws Exception {
        ForkedPlugin plugin = load(
                "Waits",
                "throw StageWait.until(\"for rain\", java.time.Duration.ofMillis(1500),"
                        + " java.time.Instant.parse(\"2030-01-01T00:00:00Z\"), java.util.Map.of(\"n\", 1));");
        StageWait wait = catchThrowableOfType(StageWait.class, () -> execute(plugin, 1));
        assertThat(wait.reason()).isEqualTo("for rain");
        assertThat(wait.pollInterval()).isEqualTo(Duration.ofMillis(1500));
        assertThat(wait.deadline()).contains(Instant.parse("2030-01-01T00:00:00Z"));
        assertThat(wait.memory()).isEqualTo(Map.of("n", 1));
    }

    @Test
    void blobsGoBothWaysFromSeveralThreads() throws Exception {
        ForkedPlugin plugin = load(
                "Blobs",
                """
                return java.util.stream.IntStream.range(0, 8).parallel().mapToObj(i -> {
                    try (java.io.InputStream in = context.blobs().open("2500000")) {
                        return context.blobs().put(new java.io.SequenceInputStream(in,
                            new java.io.ByteArrayInputStream(new byte[i])));
                    } catch (java.io.IOException e) { throw new java.io.UncheckedIOException(e); }
                }).toList();
                """);
        context.blobs.put("2500000", new byte[2_500_000]);
        assertThat(execute(plugin, 1))
                .isEqualTo(List.of(
                        "2500000", "2500001", "2500002", "2500003", "2500004", "2500005", "2500006", "2500007"));
    }

    @Test
    void blobsThatCannotBeStoredAreTold() throws Exception {
        ForkedPlugin plugin = load(
                "NoBlobs",
                """
                java.util.List<String> said = new java.util.ArrayList<>();
                try { context.blobs().put(new java.io.ByteArrayInputStream(new byte[4_000_000])); }
                catch (java.io.IOException e) { said.add(e.getMessage()); }
                try { context.blobs().put(new java.io.InputStream() {
                    public int read() throws java.io.IOException { throw new java.io.IOException("torn"); } }); }
                catch (java.io.IOException e) { said.add(e.getMessage()); }
                said.add(String.valueOf(context.blobs().size("nothing")));
                return said;
                """);
        assertThat(execute(plugin, 1)).isEqualTo(List.of("more than 3000000 bytes", "torn", "-1"));
        assertThat(context.blobs).isEmpty();
    }

    @Test
    void largeValuesGoBothWays() throws Exception {
        ForkedPlugin plugin = load("Large", "return input;");
        List<String> large = Collections.nCopies(100, "\u20ac".repeat(10_000));
        assertThat(execute(plugin, large)).isEqualTo(large);
    }

    @Test
    void asManyRunAtOnceAsThereAreProcesses() throws Exception {
        ForkedPlugin plugin = load(
                "Parallel",
                """
                try (java.io.InputStream in = context.blobs().open("1")) { in.read(); }
                return ProcessHandle.current().pid();
                """);
        context.blobs.put("1", new byte[1]);
        List<Future<Object>> running = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            running.add(threads.submit((Callable<Object>) () -> execute(plugin, 1)));
        }
        List<Object> pids = new ArrayList<>();
        for (Future<Object> one : running) {
            pids.add(one.get(30, TimeUnit.SECONDS));
        }
        assertThat(pids.stream().distinct().count()).isLessThanOrEqualTo(2);
        assertThat(forks.workers()).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void anInterruptReachesTheStageAndItsProcessIsKept() throws Exception {
        ForkedPlugin plugin = load(
                "Sleeps",
                """
                context.log("in");
                try { new java.util.concurrent.CountDownLatch(1).await(); }
                catch (InterruptedException e) { context.log("cancelled: " + context.cancelled()); throw e; }
                return null;
                """);
        Future<Object> running = threads.submit((Callable<Object>) () -> execute(plugin, 1));
        await().atMost(SOON).until(() -> context.lines.contains("in"));
        running.cancel(true);
        await().atMost(SOON).until(() -> context.lines.contains("cancelled: true"));
        assertThat(forks.workers()).hasSize(1).allMatch(Worker::usable);
    }

    @Test
    void aReplacedPluginStillServesTasksThatBeganWithIt() throws Exception {
        ForkedPlugin plugin = load("Old", "return ProcessHandle.current().pid();");
        Object first = execute(plugin, 1);
        assertThat(execute(plugin, 1)).isEqualTo(first);
        plugin.close();
        await().atMost(SOON).until(() -> forks.workers().isEmpty());
        assertThat(execute(plugin, 1)).isNotEqualTo(first);
        await().atMost(SOON).until(() -> forks.workers().isEmpty());
    }

    @Test
    void aProcessWithoutWorkEnds() throws Exception {
        forks.close();
        forks = forks(Duration.ofMillis(1));
        ForkedPlugin plugin = load("Idle", "return 1;");
        await().atMost(SOON).until(() -> forks.workers().isEmpty());
        assertThat(execute(plugin, 1)).isEqualTo(1);
        await().atMost(SOON).until(() -> forks.workers().isEmpty());
    }

    @Test
    void loadingCanBeGivenUp() throws Exception {
        Path jar = PluginJars.of("Hangs")
                .body("public Hangs() { while (true) { Thread.onSpinWait(); } }")
                .write(folder, "hangs.jar");
        Future<ForkedPlugin> loading = threads.submit(() -> forks.load("Hangs", jar));
        await().atMost(SOON).until(() -> !forks.workers().isEmpty());
        loading.cancel(true);
        await().atMost(SOON).until(() -> forks.workers().isEmpty());
    }

    @Test
    void aClosedServerStartsNoProcessAnyMore() throws Exception {
        ForkedPlugin plugin = load("Closed", "return 1;");
        forks.close();
        assertThat(catchThrowableOfType(StageFailure.class, () -> execute(plugin, 1))
                        .code())
                .isEqualTo("process_not_started");
    }

    @Test
    void whatIsNoMessageEndsTheProcess() throws Exception {
        ForkedPlugin plugin = load(
                "Garbage",
                """
                try (java.io.FileOutputStream out = new java.io.FileOutputStream("/dev/fd/3")) {
                    out.write(new byte[] {127, 0, 0, 0, 127, 0, 0, 0}); }
                new java.util.concurrent.CountDownLatch(1).await();
                return null;
                """);
        StageFailure failure = catchThrowableOfType(StageFailure.class, () -> execute(plugin, 1));
        assertThat(failure).hasMessageContaining("sent what is no message");
        assertThat(failure.retryable()).isTrue();
    }
}
