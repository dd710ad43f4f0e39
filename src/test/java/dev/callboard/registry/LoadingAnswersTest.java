package dev.callboard.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Who waits for the answer of a plugin that is being loaded is woken once nobody loads it any more. */
class LoadingAnswersTest {
    private final LoadingAnswers answers = new LoadingAnswers();

    private CompletableFuture<Void> loaded(String question) {
        return answers.loaded(question).toCompletableFuture();
    }

    @Test
    void whatNobodyLoadsIsNotWaitedFor() {
        assertThat(loaded("a")).isDone();
    }

    @Test
    void itIsWaitedForAsLongAsSomePluginLoadsIt() {
        answers.are(Set.of("a", "b"));
        CompletableFuture<Void> first = loaded("a");
        CompletableFuture<Void> second = loaded("b");
        answers.are(Set.of("a"));
        assertThat(first).isNotDone();
        assertThat(second).isDone();
        answers.are(Set.of());
        assertThat(first).isDone();
        answers.are(Set.of("a"));
        assertThat(loaded("a")).isNotDone();
    }

    @Test
    void nobodyElseCanEndTheWait() {
        answers.are(Set.of("a"));
        loaded("a").complete(null);
        assertThat(loaded("a")).isNotDone();
    }
}
