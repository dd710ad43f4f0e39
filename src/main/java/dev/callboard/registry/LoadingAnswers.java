package dev.callboard.registry;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The questions that plugins will answer which are being loaded, for stages that wait for them. Read from any thread. */
final class LoadingAnswers {
    private static final CompletionStage<Void> LOADED = CompletableFuture.completedStage(null);

    private volatile Map<String, CompletableFuture<Void>> loading = Map.of();

    /** Completes when no plugin is being loaded any more that will answer it. */
    CompletionStage<Void> loaded(String question) {
        CompletableFuture<Void> waiting = loading.get(question);
        return waiting == null ? LOADED : waiting.minimalCompletionStage();
    }

    /** From now on it is these; what answers the others can be found already. From one thread. */
    void are(Set<String> questions) {
        Map<String, CompletableFuture<Void>> before = loading;
        Map<String, CompletableFuture<Void>> now = new HashMap<>();
        questions.forEach(question -> now.put(question, before.getOrDefault(question, new CompletableFuture<>())));
        loading = now;
        before.forEach((question, waiting) -> {
            if (!now.containsKey(question)) {
                waiting.complete(null);
            }
        });
    }
}
