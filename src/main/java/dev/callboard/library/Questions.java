package dev.callboard.library;

import dev.callboard.palette.Answerer;
import dev.callboard.palette.StageLibraries;
import dev.callboard.palette.StageResolver;
import dev.callboard.problem.ProblemException;
import dev.callboard.spi.BlobStore;
import dev.callboard.spi.Stage;
import dev.callboard.spi.StageFailure;
import dev.callboard.spi.net.AddressRules;
import dev.callboard.spi.net.Outbound;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks plugins what they answer. Their code is not trusted: whatever it throws becomes one sentence. */
final class Questions {
    private static final Logger LOG = LoggerFactory.getLogger(Questions.class);

    private final Parts parts;
    private final WorkerExecutor threads;

    /**
     * What answers are made with.
     *
     * @param network what code may connect to, and how
     */
    record Parts(
            StageResolver resolver,
            StageLibraries libraries,
            BlobStore blobs,
            Supplier<AddressRules> network,
            Outbound outbound,
            Clock clock) {}

    /** @param threads for code that may hang; not those of anything else */
    Questions(Parts parts, WorkerExecutor threads) {
        this.parts = parts;
        this.threads = threads;
    }

    /** Whether a plugin answers it now. */
    boolean known(String name) {
        return parts.resolver().answerer(name).isPresent();
    }

    /**
     * Asks.
     *
     * @param project an id, empty for documents of no project
     * @return the answer; fails with {@code search_unavailable}
     */
    Future<Map<?, ?>> ask(String name, String project, Map<String, Object> question) {
        Optional<Answerer> found = parts.resolver().answerer(name);
        if (found.isEmpty()) {
            return Future.failedFuture(unavailable("No plugin that answers '" + name + "' is installed, or it is still"
                    + " being loaded; see the Plugins page."));
        }
        return threads.executeBlocking(() -> answer(found.get(), name, project, question), false);
    }

    private Map<?, ?> answer(Answerer answerer, String name, String project, Map<String, Object> question) {
        if (!answerer.code().hold()) {
            throw unavailable("The plugin '" + answerer.plugin() + "' was replaced just now. Try again.");
        }
        try {
            Stage stage = answerer.registration().factory().get();
            Object answer = stage.execute(
                    new QuestionContext(
                            answerer.plugin() + " " + name,
                            project,
                            answerer.pluginSettings(),
                            parts.network().get(),
                            parts.outbound(),
                            parts.blobs(),
                            parts.libraries().library(project, "", line -> LOG.debug("{}: {}", name, line)),
                            parts.libraries().folder(answerer.plugin(), project),
                            parts.clock()),
                    question);
            if (answer instanceof Map<?, ?> map) {
                return map;
            }
            throw unavailable("The plugin '" + answerer.plugin() + "' gave no answer.");
        } catch (StageFailure e) {
            throw e.retryable()
                    ? unavailable(String.valueOf(e.getMessage()))
                    : ProblemException.invalid(e.code(), String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable("The server is stopping.");
        } catch (ProblemException e) {
            throw e;
        } catch (Exception | LinkageError e) {
            LOG.warn("The plugin {} failed to answer '{}'", answerer.plugin(), name, e);
            throw unavailable("The plugin '" + answerer.plugin() + "' failed: "
                    + e.getClass().getSimpleName() + ".");
        } finally {
            answerer.code().release();
        }
    }

    private static ProblemException unavailable(String detail) {
        return ProblemException.unavailable("search_unavailable", detail);
    }
}
