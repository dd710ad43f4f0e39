package dev.callboard.fork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.callboard.spi.StageRegistration;
import dev.callboard.spi.StageWait;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What stages in processes of their own are given and give back, without a server around them. */
@Timeout(120)
class ForksTest extends ForksFixture {
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
    void blobsThatCannotBeStoredAreReported() throws Exception {
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
}
