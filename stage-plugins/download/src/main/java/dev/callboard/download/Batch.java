package dev.callboard.download;

import dev.callboard.spi.StageContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Runs transfers, some at once, and stores what they bring. The stage's own thread stays here: it alone uses the context,
 * and it ends transfers that are late, or all of them when the execution was cancelled.
 */
final class Batch {
    private static final long TICK_MILLIS = 100;
    private static final long GOODBYE_SECONDS = 5;

    private final StageContext context;
    private final Budget budget;
    private final Queue<String> lines;

    /**
     * Prepares.
     *
     * @param lines what the transfers put in for the log
     */
    Batch(StageContext context, Budget budget, Queue<String> lines) {
        this.context = context;
        this.budget = budget;
        this.lines = lines;
    }

    /**
     * Waits for all.
     *
     * @return an outcome for each transfer, in their order
     * @throws InterruptedException when the execution was cancelled; nothing is under way then
     * @throws IOException when the disk fails
     */
    List<Outcome> run(List<Transfer> transfers, int atOnce) throws InterruptedException, IOException {
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(atOnce, transfers.size()), work -> {
            Thread thread = new Thread(work, "download-" + context.taskId());
            thread.setDaemon(true);
            return thread;
        });
        try {
            return collect(transfers, new ExecutorCompletionService<>(threads));
        } finally {
            // First those that wait: the end of one transfer would let the next begin.
            threads.shutdownNow();
            transfers.forEach(Transfer::cancel);
            goodbye(threads);
        }
    }

    private List<Outcome> collect(List<Transfer> transfers, CompletionService<Fetched> service)
            throws InterruptedException, IOException {
        Map<Future<Fetched>, Transfer> running = new HashMap<>();
        transfers.forEach(transfer -> running.put(service.submit(transfer), transfer));
        Map<Transfer, Outcome> outcomes = new HashMap<>();
        while (outcomes.size() < transfers.size()) {
            if (context.cancelled()) {
                throw new InterruptedException("cancelled");
            }
            Future<Fetched> done = service.poll(TICK_MILLIS, TimeUnit.MILLISECONDS);
            drain();
            transfers.forEach(Transfer::stopWhenLate);
            if (done != null) {
                Outcome outcome = outcome(done, running.get(done));
                outcomes.put(running.get(done), outcome);
                context.log(outcome.sentence());
            }
            context.progress(outcomes.size(), transfers.size(), megabytes(budget.taken()));
        }
        List<Outcome> ordered = new ArrayList<>();
        transfers.forEach(transfer -> ordered.add(outcomes.get(transfer)));
        return ordered;
    }

    private Outcome outcome(Future<Fetched> done, Transfer transfer) throws InterruptedException, IOException {
        try {
            return store(transfer, done.get());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof DownloadFailure failure) {
                return Outcome.failed(transfer.wanted(), failure, transfer.attempts());
            }
            if (e.getCause() instanceof UncheckedIOException disk) {
                throw disk.getCause();
            }
            throw new IOException("The download broke off: " + e.getCause(), e.getCause());
        }
    }

    private Outcome store(Transfer transfer, Fetched file) throws IOException {
        try (InputStream bytes = Files.newInputStream(file.path())) {
            String stored = context.blobs().put(bytes);
            if (!stored.equals(file.sha256())) {
                throw new IOException("The content store has other bytes than were given: " + stored);
            }
            return Outcome.stored(transfer.wanted(), file);
        } finally {
            Files.deleteIfExists(file.path());
        }
    }

    private void drain() {
        for (String line = lines.poll(); line != null; line = lines.poll()) {
            context.log(line);
        }
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }

    /** Threads in a lookup of a name cannot be ended; they are left alone and touch nothing more. */
    private static void goodbye(ExecutorService threads) {
        boolean interrupted = Thread.interrupted();
        try {
            threads.awaitTermination(GOODBYE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
