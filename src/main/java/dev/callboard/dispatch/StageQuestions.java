package dev.callboard.dispatch;

import dev.callboard.json.JsonShape;
import dev.callboard.json.JsonShape.WrongShapeException;
import dev.callboard.palette.Answerer;
import dev.callboard.palette.StageLibraries;
import dev.callboard.palette.StageResolver;
import dev.callboard.spi.Stage;
import dev.callboard.spi.StageContext;
import dev.callboard.spi.StageFailure;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What stages ask of plugins. The code that answers runs on the thread that asks, as a part of the attempt.
 *
 * @param maxAnswer the most characters of an answer, about
 */
record StageQuestions(StageResolver resolver, StageLibraries libraries, long maxAnswer) {
    private static final Logger LOG = LoggerFactory.getLogger(StageQuestions.class);

    /**
     * As {@link StageContext#ask}.
     *
     * @param cancelled completes when the attempt is cancelled: not every thread that asks for it is interrupted then
     */
    Optional<Map<String, Object>> ask(
            StageContext asker, CompletableFuture<Void> cancelled, String question, Map<String, Object> arguments)
            throws StageFailure, InterruptedException {
        awaitLoaded(question, cancelled);
        Optional<Answerer> found = resolver.answerer(question);
        // One that was replaced just now is in the palette no more.
        while (found.isPresent() && !found.get().code().hold()) {
            Thread.onSpinWait();
            found = resolver.answerer(question);
        }
        return found.isEmpty() ? Optional.empty() : Optional.of(answer(asker, found.get(), question, arguments));
    }

    /** Waits for a plugin that is being loaded; {@code limits.plugin_load_ms} bounds how long that takes. */
    private void awaitLoaded(String question, CompletableFuture<Void> cancelled) throws InterruptedException {
        CompletableFuture<Void> loaded = loaded(question);
        while (resolver.answerer(question).isEmpty() && !loaded.isDone()) {
            try {
                CompletableFuture.anyOf(loaded, cancelled).get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("waiting for a plugin never fails", e);
            }
            if (cancelled.isDone()) {
                throw new InterruptedException("cancelled");
            }
            loaded = loaded(question);
        }
    }

    private CompletableFuture<Void> loaded(String question) {
        return resolver.answererLoaded(question).toCompletableFuture();
    }

    private Map<String, Object> answer(
            StageContext asker, Answerer answerer, String question, Map<String, Object> arguments)
            throws StageFailure, InterruptedException {
        try {
            Stage stage = answerer.registration().factory().get();
            AskedContext context = new AskedContext(
                    asker, answerer.pluginSettings(), libraries.folder(answerer.plugin(), asker.projectId()));
            return members(answerer, stage.execute(context, JsonShape.copy(arguments, maxAnswer)));
        } catch (StageFailure | InterruptedException e) {
            throw e;
        } catch (Exception | LinkageError e) {
            LOG.warn("The plugin {} failed to answer '{}'", answerer.plugin(), question, e);
            throw failed(answerer, "failed: " + e.getClass().getSimpleName() + ".");
        } finally {
            answerer.code().release();
        }
    }

    private Map<String, Object> members(Answerer answerer, Object answer) throws StageFailure, WrongShapeException {
        if (!(JsonShape.copy(answer, maxAnswer) instanceof Map<?, ?> map)) {
            throw failed(answerer, "gave no answer.");
        }
        Map<String, Object> members = new LinkedHashMap<>();
        map.forEach((key, value) -> members.put(String.valueOf(key), value));
        return members;
    }

    @SuppressWarnings("NullAway") // The SPI takes null for no cause.
    private static StageFailure failed(Answerer answerer, String what) {
        return StageFailure.retryable("plugin_failed", "The plugin '" + answerer.plugin() + "' " + what, null);
    }
}
