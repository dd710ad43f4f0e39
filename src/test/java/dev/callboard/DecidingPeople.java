package dev.callboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.testing.Http;
import dev.callboard.testing.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * People who make tasks and decide about all of them, whatever happens to the server meanwhile, and what must be so afterwards:
 * no acknowledged decision is missing, none was taken twice, every task is somewhere it may be.
 */
final class DecidingPeople {
    private static final int PEOPLE = 4;

    /** They finish some before they make more: each is looked at after each kill. */
    private static final int MOST_OPEN = 20;

    private static final Map<String, Object> RESULTS = Map.of(
            "Research", Map.of("research", "Found.", "questions", List.of()),
            "Planning", "A plan.",
            "Implementation", "Done.");

    /** By execution id. */
    private final Map<String, Decided> acknowledged = new ConcurrentHashMap<>();

    /** How many of a task's were acknowledged. */
    private final Map<String, Integer> decisions = new ConcurrentHashMap<>();

    private final Set<String> tasks = ConcurrentHashMap.newKeySet();

    /** Tasks that were found finished and right: looked at again at the end alone, so that a round costs what it changed. */
    private final Set<String> settled = ConcurrentHashMap.newKeySet();

    private final AtomicBoolean stopped = new AtomicBoolean();
    private final long seed;

    /** An acknowledged decision. */
    private record Decided(String task, String by) {}

    /** @param seed is printed with what is wrong */
    DecidingPeople(long seed) {
        this.seed = seed;
    }

    /** How many decisions were acknowledged. */
    int decided() {
        return acknowledged.size();
    }

    /** How many tasks were acknowledged. */
    int made() {
        return tasks.size() + settled.size();
    }

    /** They end with what they are at. */
    void stop() {
        stopped.set(true);
    }

    /** They decide until the server cannot be reached any more, or until they are stopped. */
    void decide(Http http, String round) {
        stopped.set(false);
        List<CompletableFuture<Void>> people = new ArrayList<>();
        AtomicInteger number = new AtomicInteger();
        for (int person = 0; person < PEOPLE; person++) {
            String name = round + "-p" + person;
            people.add(CompletableFuture.runAsync(() -> decide(http, name, number)));
        }
        people.forEach(CompletableFuture::join);
    }

    private void decide(Http http, String name, AtomicInteger number) {
        try {
            while (!stopped.get() && number.incrementAndGet() < 100_000) {
                List<String> open = tasks.stream().filter(id -> !isDecided(id)).toList();
                if (open.size() < MOST_OPEN) {
                    make(http, name);
                }
                for (String id : open) {
                    decide(http, id, name + "-" + number.incrementAndGet());
                }
            }
        } catch (IllegalStateException e) {
            return; // Killed: what was not answered may be decided or not.
        }
    }

    private boolean isDecided(String id) {
        return decisions.getOrDefault(id, 0) == RESULTS.size();
    }

    private void make(Http http, String name) {
        Map<String, Object> task = Map.of(
                "title",
                name,
                "pipeline",
                "dev-task",
                "stages",
                List.of("Research", "Planning", "Implementation"),
                "auto_start",
                true);
        Reply made = http.post("/api/tasks", task);
        if (made.status() == 201) {
            tasks.add(made.at("/id").asText());
        }
    }

    private void decide(Http http, String id, String actor) {
        for (JsonNode execution : executions(http, id)) {
            if (execution.path("status").asText().equals("awaiting_approval")) {
                String executionId = execution.path("id").asText();
                Object output = Objects.requireNonNull(
                        RESULTS.get(execution.path("stage").asText()));
                Reply reply = http.post(
                        "/api/tasks/" + id + "/approve",
                        Map.of("execution_id", executionId, "decision", Map.of("output", output)),
                        "X-Callboard-Actor",
                        actor);
                if (reply.status() == 200) {
                    assertThat(acknowledged.put(executionId, new Decided(id, actor)))
                            .isNull();
                    decisions.merge(id, 1, Integer::sum);
                }
            }
        }
    }

    private static List<JsonNode> executions(Http http, String id) {
        List<JsonNode> found = new ArrayList<>();
        http.get("/api/tasks/" + id + "/executions").at("/items").forEach(found::add);
        return found;
    }

    /** Looks whether all that ever was acknowledged is as it must be. */
    void checkAll(Http http) {
        tasks.addAll(settled);
        settled.clear();
        check(http);
    }

    /** Looks whether what was not finished at the last look is as it must be. */
    void check(Http http) {
        Set<String> finished = new HashSet<>();
        Map<String, JsonNode> all = new HashMap<>();
        for (String id : tasks) {
            await().pollDelay(Duration.ZERO).until(() -> !status(http, id).equals("running"));
            List<JsonNode> executions = executions(http, id);
            executions.forEach(execution -> all.put(execution.path("id").asText(), execution));
            Map<String, Long> approved = new HashMap<>();
            long waiting = 0;
            for (JsonNode execution : executions) {
                if (execution.path("status").asText().equals("approved")) {
                    approved.merge(execution.path("stage").asText(), 1L, Long::sum);
                }
                waiting += execution.path("status").asText().equals("awaiting_approval") ? 1 : 0;
            }
            assertThat(approved.values()).as("task %s, seed %s", id, seed).allMatch(count -> count == 1);
            assertThat(status(http, id) + " " + approved.size() + " " + waiting)
                    .as("task %s, seed %s", id, seed)
                    .isIn(
                            "pending 0 0",
                            "awaiting_approval 0 1",
                            "awaiting_approval 1 1",
                            "awaiting_approval 2 1",
                            "completed 3 0");
            long noted = 0;
            for (JsonNode item : http.get("/api/tasks/" + id + "/timeline").at("/items")) {
                noted += item.path("kind").asText().equals("approved") ? 1 : 0;
            }
            assertThat(noted).isEqualTo(approved.size());
            if (approved.size() == RESULTS.size()) {
                finished.add(id);
            }
        }
        acknowledged.forEach((id, decided) -> {
            if (!tasks.contains(decided.task())) {
                return; // Settled.
            }
            JsonNode execution = Objects.requireNonNull(all.get(id), "execution " + id + " is gone, seed " + seed);
            assertThat(execution.path("status").asText()).as("seed %s", seed).isEqualTo("approved");
            assertThat(execution.path("decision").path("by").asText())
                    .as("seed %s", seed)
                    .isEqualTo(decided.by());
        });
        settled.addAll(finished);
        tasks.removeAll(finished);
    }

    private static String status(Http http, String id) {
        return http.get("/api/tasks/" + id).at("/status").asText();
    }
}
