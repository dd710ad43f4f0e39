package dev.callboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.json.Json;
import dev.callboard.testing.Http;
import dev.callboard.testing.JarProcess;
import dev.callboard.testing.Reply;
import dev.callboard.testing.RunningPrograms;
import dev.callboard.testing.RunningPrograms.Program;
import dev.callboard.testing.Stages;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The server is killed at random moments while programs run whose children leave their session and lose their parents: after
 * each restart nothing of the earlier attempts runs beside the new ones, and nothing at all is left after cancelling and after
 * the server's end. {@code -Dcallboard.rounds=50 -Dseed=…} for more.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "only there are processes found by their mark")
class ProgramsKillIT {
    private static final int TASKS = 3;
    private static final int LONGEST_MS = 2_000;

    /** One program and seven processes that came of it: out of its session, without a parent, deaf to SIGTERM. */
    private static final String FAMILY = "sleep 1000 & setsid sleep 1000 & (setsid sh -c 'sleep 1000 & sleep 1000' &)"
            + "; (setsid sh -c 'trap \"\" TERM; sleep 1000; sleep 1000' &); wait; sleep 1000";

    private static final int PROCESSES = 8;

    @TempDir
    Path folder;

    private final long seed = Long.getLong("seed", System.nanoTime());

    @Test
    void noProgramRunsTwiceAfterAKillAndNoneIsLeftAfterCancelling() throws Exception {
        configure();
        Random random = new Random(seed);
        int rounds = Integer.getInteger("callboard.rounds", 4);
        Set<String> tasks = new TreeSet<>();
        for (int round = 0; round < rounds; round++) {
            try (JarProcess server = JarProcess.serve(folder)) {
                Http http = server.http();
                checkOnlyTheLatestRun(http, tasks);
                if (round % 2 == 1) {
                    cancel(http, tasks);
                }
                while (tasks.size() < TASKS) {
                    tasks.add(start(http));
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(LONGEST_MS)));
                server.kill();
            }
        }
        try (JarProcess server = JarProcess.serve(folder)) {
            checkOnlyTheLatestRun(server.http(), tasks);
            cancel(server.http(), tasks);
            assertThat(programs()).as("seed %s", seed).isEmpty();
            start(server.http());
            await().until(() -> programs().size() == PROCESSES);
            assertThat(server.terminate(60)).isZero();
            assertThat(programs()).as("seed %s", seed).isEmpty();
        }
    }

    private void configure() throws Exception {
        Path pipelines = Files.createDirectories(folder.resolve("config/pipelines"));
        Files.writeString(pipelines.resolveSibling("callboard.yaml"), "command: {enabled: true, programs: [sh]}\n");
        Map<String, Object> stage =
                Stages.named("family", "Family", "command", Map.of("command", List.of("sh", "-c", FAMILY)));
        Files.writeString(
                pipelines.resolveSibling("custom_pipeline_stages.json"), Json.write(Map.of("stages", List.of(stage))));
        Files.writeString(pipelines.resolve("family.yaml"), "name: family\nstages:\n  - {name: Run, type: family}\n");
    }

    private List<Program> programs() {
        return RunningPrograms.below(folder);
    }

    /** Each task's latest attempt runs, whole and once, and no other does. */
    private void checkOnlyTheLatestRun(Http http, Set<String> tasks) {
        assertThat(programs().stream().map(Program::execution))
                .as("left over, seed %s", seed)
                .allMatch(id -> latest(http, tasks).contains(id));
        await().untilAsserted(() -> {
            Map<String, Long> running =
                    programs().stream().collect(Collectors.groupingBy(Program::execution, Collectors.counting()));
            assertThat(running.keySet()).as("seed %s", seed).isEqualTo(latest(http, tasks));
            assertThat(running.values()).as("seed %s", seed).allMatch(count -> count == PROCESSES);
        });
    }

    private static Set<String> latest(Http http, Set<String> tasks) {
        Set<String> latest = new TreeSet<>();
        for (String task : tasks) {
            List<JsonNode> executions = new ArrayList<>();
            http.get("/api/tasks/" + task + "/executions").at("/items").forEach(executions::add);
            executions.stream()
                    .filter(each -> each.path("status").asText().equals("running"))
                    .forEach(each -> latest.add(each.path("id").asText()));
        }
        return latest;
    }

    private static String start(Http http) {
        Reply made = http.post("/api/tasks", Map.of("title", "T", "pipeline", "family", "auto_start", true));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        return made.at("/id").asText();
    }

    private void cancel(Http http, Set<String> tasks) {
        for (String task : tasks) {
            Reply reply = http.post("/api/tasks/" + task + "/cancel", Map.of());
            assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        }
        tasks.clear();
        await().until(() -> programs().isEmpty());
    }
}
