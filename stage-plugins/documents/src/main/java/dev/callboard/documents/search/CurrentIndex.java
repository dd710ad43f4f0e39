package dev.callboard.documents.search;

import dev.callboard.documents.search.OpenIndex.Comparison;
import dev.callboard.spi.Library;
import dev.callboard.spi.Plural;
import dev.callboard.spi.StageContext;
import dev.callboard.spi.StageFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The index as a question needs it: compared with the library, and where it differs, put right first. When somebody else
 * writes it just then, or when there is more to do than a question can wait for, the rest is left to the next; what is no
 * longer in the library is hidden meanwhile, and what is missing is said.
 */
final class CurrentIndex {
    /** How long a question waits for somebody else's work on the index. */
    private static final Duration WAIT = Duration.ofSeconds(3);

    /** How long a question works on the index at most. */
    private static final Duration WORK = Duration.ofSeconds(20);

    /** What is left of a question's own time for the answer. */
    private static final Duration ANSWER = Duration.ofSeconds(2);

    private static final Duration AGAIN = Duration.ofSeconds(10);

    private final StageContext context;
    private final Path folder;
    private final Duration wait;

    CurrentIndex(StageContext context, Path folder) {
        this(context, folder, WAIT);
    }

    CurrentIndex(StageContext context, Path folder, Duration wait) {
        this.context = context;
        this.folder = folder;
        this.wait = wait;
    }

    /**
     * The index, held for the caller, with what it lacks in {@link OpenIndex#compared}.
     *
     * @return empty when nothing was indexed in this project yet
     * @throws StageFailure {@code index_rebuilding} or {@code index_busy} when there is no whole index yet; both may pass
     */
    Optional<OpenIndex> hold() throws IOException, StageFailure, InterruptedException {
        long revision = context.library().revision();
        Optional<OpenIndex> open = openIfSound();
        if (open.isPresent() && isCurrent(open.get(), revision)) {
            return open;
        }
        boolean empty =
                open.isEmpty() && context.library().parts(IndexPart.NAME).isEmpty();
        if (open.isPresent()) {
            open.get().release();
        }
        return empty ? Optional.empty() : Optional.of(putRight());
    }

    /** The index; empty when there is none that can be read. */
    private Optional<OpenIndex> openIfSound() throws IOException {
        try {
            return OpenIndexes.hold(folder);
        } catch (IOException | RuntimeException e) {
            Interruption.rethrow(e);
            context.log("The search index cannot be read (" + e + ").");
            OpenIndexes.forget(folder);
            return Optional.empty();
        }
    }

    private boolean isCurrent(OpenIndex open, long revision) throws IOException {
        if (!open.isWhole()) {
            return false;
        }
        Comparison known = open.compared();
        if (known.revision() == revision && known.settled()) {
            return true;
        }
        Difference difference = Difference.of(context.library().parts(IndexPart.NAME), open.records());
        if (difference.isEmpty()) {
            open.compared(new Comparison(revision, difference, true));
            return true;
        }
        return false;
    }

    private OpenIndex putRight() throws IOException, StageFailure, InterruptedException {
        boolean free = false;
        boolean done = false;
        Optional<WriteLock> lock = WriteLock.take(folder, wait, context);
        if (lock.isPresent()) {
            try (WriteLock held = lock.get()) {
                free = true;
                done = new Reconciliation(context, held, until()).run();
            }
        }
        long revision = context.library().revision();
        List<Library.Part> parts = context.library().parts(IndexPart.NAME);
        Optional<OpenIndex> open = openIfSound();
        if (open.isEmpty() || !open.get().isWhole()) {
            int indexed = 0;
            if (open.isPresent()) {
                indexed = open.get().records().size();
                open.get().release();
            }
            throw notYet(free, indexed, parts.size());
        }
        open.get()
                .compared(
                        new Comparison(revision, Difference.of(parts, open.get().records()), done));
        return open.get();
    }

    private static StageFailure notYet(boolean free, int indexed, int all) {
        String sentence = "The search index is being made again" + (free ? "" : " by another process") + ": " + indexed
                + " of " + Plural.of(all, "document") + " are in it; ask again in a while.";
        return StageFailure.retryable(free ? "index_rebuilding" : "index_busy", sentence, null, AGAIN);
    }

    /** On the clock of {@link System#nanoTime}. */
    private long until() {
        Duration own = context.deadline()
                .map(end -> Duration.between(context.now(), end).minus(ANSWER))
                .filter(left -> left.compareTo(WORK) < 0)
                .orElse(WORK);
        return System.nanoTime() + own.toNanos();
    }
}
