package dev.callboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.testing.Http;
import dev.callboard.testing.JarProcess;
import dev.callboard.testing.Patience;
import dev.callboard.testing.Tasks;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damaged and hostile files go through the whole of {@code auto}: each ends completed, or failed with a sentence, in time, and the
 * server goes on. {@code -Dcallboard.mutations=300 -Dseed=…} for more; with the shared documents where they are, else with a sample.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the model's native library is there for Linux alone")
class MutatedDocumentsIT {
    private static final Path SHARED = Path.of("..", "shared", "documents");
    private static final Path SAMPLES = Path.of("docs", "samples");
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final List<String> OPEN = List.of("pending", "running");
    private static final int AT_ONCE = 4;

    @TempDir
    Path folder;

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);

    private record Sample(String name, byte[] bytes) {}

    private static List<Sample> whole() throws IOException {
        List<Sample> samples = new ArrayList<>();
        try (Stream<Path> files = Files.list(Files.isDirectory(SHARED) ? SHARED : SAMPLES)) {
            for (Path file : files.filter(each -> !each.toString().endsWith(".md"))
                    .sorted()
                    .toList()) {
                samples.add(new Sample(file.getFileName().toString(), Files.readAllBytes(file)));
            }
        }
        return samples;
    }

    private Sample mutated(Sample sample) {
        byte[] bytes = sample.bytes().clone();
        if (random.nextInt(3) == 0) {
            return new Sample(sample.name(), Arrays.copyOf(bytes, random.nextInt(bytes.length)));
        }
        for (int flips = 1 + random.nextInt(40); flips > 0; flips--) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return new Sample(sample.name(), bytes);
    }

    private static List<Sample> hostile(Path secret) throws IOException {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bomb)) {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 200; i++) {
                out.write(zeros);
            }
        }
        StringBuilder laughs = new StringBuilder("<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY l0 \"lol\">");
        for (int i = 1; i < 12; i++) {
            laughs.append("<!ENTITY l")
                    .append(i)
                    .append(" \"")
                    .append(("&l" + (i - 1) + ";").repeat(10))
                    .append("\">");
        }
        laughs.append("]><article><body><p>&l11;</p></body></article>");
        String external = "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY x SYSTEM \"" + secret.toUri()
                + "\">]><article><body><p>Read: &x;</p></body></article>";
        return List.of(
                new Sample("bomb.gz", bomb.toByteArray()),
                new Sample("laughs.xml", laughs.toString().getBytes(StandardCharsets.UTF_8)),
                new Sample("external.xml", external.getBytes(StandardCharsets.UTF_8)),
                new Sample("empty.pdf", "%PDF-1.7\n".getBytes(StandardCharsets.US_ASCII)),
                new Sample("nothing.txt", new byte[0]));
    }

    @Test
    void eachEndsInTimeWithAResultOrASentenceAndTheServerGoesOn() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret.txt"), "the-secret-of-this-machine");
        List<Sample> whole = whole();
        List<Sample> samples = new ArrayList<>(hostile(secret));
        int mutations = Integer.getInteger("callboard.mutations", 16);
        for (int i = 0; i < mutations; i++) {
            samples.add(mutated(whole.get(i % whole.size())));
        }
        try (JarProcess server = JarProcess.serveAsDelivered(folder)) {
            Http http = server.http();
            Tasks tasks = new Tasks(http);
            tasks.awaitStages("ingest", "parse", "chunk", "embed", "index", "extract", "knowledge-graph");
            for (int from = 0; from < samples.size(); from += AT_ONCE) {
                List<Sample> some = samples.subList(from, Math.min(samples.size(), from + AT_ONCE));
                List<String> started =
                        some.stream().map(sample -> start(tasks, sample)).toList();
                for (int i = 0; i < some.size(); i++) {
                    check(http, started.get(i), some.get(i), from + i);
                }
            }
            assertThat(http.get("/health/live").status()).isEqualTo(200);
            assertThat(http.get("/api/search?q=secret&mode=text").text()).doesNotContain("the-secret-of-this-machine");
            tasks.until(tasks.start("auto", Map.of("text", "It goes on.", "name", "on.txt")), "completed");
            assertThat(server.terminate(60)).isZero();
        }
    }

    private static String start(Tasks tasks, Sample sample) {
        Object input = Map.of("blob", tasks.blob(sample.bytes(), "application/octet-stream"), "name", sample.name());
        return tasks.start(Map.of("pipeline", "auto", "input", List.of(input)));
    }

    private void check(Http http, String id, Sample sample, int number) {
        String which = sample.name() + ", number " + number + ", seed " + seed;
        await(which)
                .atMost(Patience.LONG)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> !OPEN.contains(
                        http.get("/api/tasks/" + id).at("/status").asText()));
        String status = http.get("/api/tasks/" + id).at("/status").asText();
        assertThat(status).as(which).isIn("completed", "failed");
        boolean said = false;
        for (JsonNode attempt : http.get("/api/tasks/" + id + "/executions").at("/items")) {
            Instant began = Instant.parse(attempt.path("started_at").asText());
            Instant ended = Instant.parse(attempt.path("completed_at").asText());
            assertThat(Duration.between(began, ended)).as(which).isLessThan(LONGEST);
            if (attempt.path("status").asText().equals("failed")) {
                String error = attempt.path("error").asText();
                assertThat(error).as(which).isNotBlank().endsWith(".").doesNotContain("Exception", "\tat ");
                said = true;
            }
        }
        assertThat(said || status.equals("completed")).as(which).isTrue();
    }
}
