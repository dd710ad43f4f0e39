package dev.callboard.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** Tasks by the thousand that nobody has started. */
public final class ManyTasks {
    private static final int AT_ONCE = 16;
    private static final int TRIES = 20;

    private ManyTasks() {}

    /** Creates them, named Task 1 and on. */
    public static void create(Http http, int count, String pipeline) {
        for (int from = 1; from <= count; from += AT_ONCE) {
            List<CompletableFuture<Void>> answers = new ArrayList<>();
            for (int i = from; i < Math.min(from + AT_ONCE, count + 1); i++) {
                Map<String, Object> task = Map.of("title", "Task " + i, "pipeline", pipeline);
                answers.add(create(http, task, UUID.randomUUID().toString(), TRIES));
            }
            answers.forEach(CompletableFuture::join);
        }
    }

    /** A machine that is busy with other things may make the server answer that it was too slow: the same is sent again. */
    private static CompletableFuture<Void> create(Http http, Map<String, Object> task, String key, int tries) {
        return http.postLater("/api/tasks", task, "Idempotency-Key", key).thenCompose(reply -> {
            if (tries > 1 && reply.status() >= 500) {
                return create(http, task, key, tries - 1);
            }
            assertThat(reply.status()).as(reply.toString()).isEqualTo(201);
            return CompletableFuture.completedFuture(null);
        });
    }
}
