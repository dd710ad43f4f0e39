package dev.callboard.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.callboard.palette.Answerer;
import dev.callboard.palette.StageCode;
import dev.callboard.palette.StageLibraries;
import dev.callboard.palette.StageResolver;
import dev.callboard.spi.StageMetadata;
import dev.callboard.spi.StageRegistration;
import dev.callboard.spi.testing.RecordingStageContext;
import dev.callboard.testing.Patience;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A stage that asks a plugin which is being loaded waits for it, and for nothing else. */
class StageQuestionsTest {
    private final CompletableFuture<Void> cancelled = new CompletableFuture<>();
    private final AtomicInteger looks = new AtomicInteger();
    private volatile CompletableFuture<Void> loaded = new CompletableFuture<>();
    private volatile Optional<Answerer> answerer = Optional.empty();

    private final StageResolver resolver = new StageResolver() {
        @Override
        public Optional<Resolved> resolve(String stageType) {
            return Optional.empty();
        }

        @Override
        public Optional<Answerer> answerer(String question) {
            looks.incrementAndGet();
            return answerer;
        }

        @Override
        public CompletionStage<Void> answererLoaded(String question) {
            return loaded;
        }
    };

    private CompletableFuture<Optional<Map<String, Object>>> asked() {
        StageQuestions questions = new StageQuestions(resolver, StageLibraries.NONE, 1_000);
        return CompletableFuture.supplyAsync(() -> {
            try {
                return questions.ask(new RecordingStageContext(), cancelled, "answer", Map.of());
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private CompletableFuture<Optional<Map<String, Object>>> waiting() {
        CompletableFuture<Optional<Map<String, Object>>> asked = asked();
        await().until(() -> loaded.getNumberOfDependents() > 0);
        assertThat(asked).isNotDone();
        return asked;
    }

    private static Optional<Map<String, Object>> answer(CompletableFuture<Optional<Map<String, Object>>> asked)
            throws ExecutionException, InterruptedException, TimeoutException {
        return asked.get(Patience.SOON.toSeconds(), TimeUnit.SECONDS);
    }

    private static Answerer answering() {
        StageMetadata metadata = StageMetadata.builder(Answerer.TYPE + "answer").build();
        return new Answerer(
                "Answering",
                new StageRegistration(metadata, () -> (context, input) -> Map.of("word", "tide")),
                Map.of(),
                StageCode.PERMANENT);
    }

    @Test
    void itIsWokenWhenThePluginIsLoaded() throws Exception {
        CompletableFuture<Optional<Map<String, Object>>> asked = waiting();
        assertThat(looks).as("it looks once, then it waits to be woken").hasValue(1);
        answerer = Optional.of(answering());
        loaded.complete(null);
        assertThat(answer(asked)).contains(Map.of("word", "tide"));
    }

    @Test
    void aPluginThatCouldNotBeLoadedGivesNoAnswer() throws Exception {
        CompletableFuture<Optional<Map<String, Object>>> asked = waiting();
        loaded.complete(null);
        assertThat(answer(asked)).isEmpty();
    }

    @Test
    void anotherThatIsLoadedInItsPlaceIsWaitedForToo() throws Exception {
        CompletableFuture<Optional<Map<String, Object>>> asked = waiting();
        CompletableFuture<Void> first = loaded;
        loaded = new CompletableFuture<>();
        first.complete(null);
        await().until(() -> loaded.getNumberOfDependents() > 0);
        answerer = Optional.of(answering());
        loaded.complete(null);
        assertThat(answer(asked)).isPresent();
    }

    @Test
    void aCancelledAttemptWaitsNoLongerThoughNobodyInterruptsItsThread() {
        CompletableFuture<Optional<Map<String, Object>>> asked = waiting();
        cancelled.complete(null);
        assertThatThrownBy(() -> answer(asked)).hasRootCauseInstanceOf(InterruptedException.class);
    }
}
