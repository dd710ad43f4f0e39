package dev.callboard.download;

import dev.callboard.download.net.Stopper;
import dev.callboard.download.net.Transport;
import dev.callboard.spi.net.WebAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/** Fetches one file, with as many tries as are set. Runs on a thread of its own; may be stopped from another. */
final class Transfer implements Callable<Fetched> {
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final String CANCELLED = "cancelled";

    private final Wanted wanted;
    private final DownloadSettings settings;
    private final Budget budget;
    private final Path path;
    private final InstantSource time;
    private final Waiting waiting;
    private final Instant deadline;
    private final Consumer<String> log;
    private final Exchange exchange;
    private final Stopper stopper = new Stopper();
    private volatile int attempts;
    private volatile Instant end = Instant.MAX;

    /**
     * Prepares.
     *
     * @param path where the bytes go
     * @param clock the machine's, which is compared with what servers say
     * @param time what limits are measured by; nobody can set it
     * @param deadline when all must be over
     * @param log takes lines, from this transfer's thread
     */
    Transfer(
            Wanted wanted,
            DownloadSettings settings,
            Transport transport,
            Budget budget,
            Path path,
            InstantSource clock,
            InstantSource time,
            Waiting waiting,
            Instant deadline,
            Consumer<String> log) {
        this.wanted = wanted;
        this.settings = settings;
        this.budget = budget;
        this.path = path;
        this.time = time;
        this.waiting = waiting;
        this.deadline = deadline;
        this.log = log;
        this.exchange = new Exchange(settings, transport, budget, stopper, clock);
    }

    Wanted wanted() {
        return wanted;
    }

    /** How many tries were begun. */
    int attempts() {
        return attempts;
    }

    /** Ends it when its time is over. */
    void stopWhenLate() {
        if (time.instant().isAfter(end)) {
            stopper.stop("timeout");
        }
    }

    /** Ends it at once. */
    void cancel() {
        stopper.stop(CANCELLED);
    }

    /**
     * Fetches.
     *
     * @throws DownloadFailure when the last try failed
     * @throws InterruptedException when it was cancelled
     */
    @Override
    public Fetched call() throws DownloadFailure, InterruptedException, IOException {
        Instant latest = time.instant().plus(settings.fileTimeout());
        end = latest.isBefore(deadline) ? latest : deadline;
        try (Partial partial = new Partial(path, budget)) {
            while (true) {
                attempts++;
                try {
                    return complete(exchange.run(wanted.url(), partial), partial);
                } catch (DownloadFailure failure) {
                    Duration wait = waitAfter(explained(failure));
                    log.accept(wanted.shown() + ": " + failure.getMessage() + " Try " + (attempts + 1) + " of "
                            + settings.attempts() + " follows in " + Math.max(1, wait.toSeconds()) + " s"
                            + (partial.etag().isEmpty() || partial.size() == 0
                                    ? "."
                                    : ", from byte " + partial.size() + " on."));
                    waiting.pause(wait);
                }
            }
        }
    }

    private DownloadFailure explained(DownloadFailure failure) throws DownloadFailure, InterruptedException {
        String reason = stopper.reason().orElse("");
        if (reason.equals(CANCELLED)) {
            throw new InterruptedException(CANCELLED);
        }
        if (!reason.isEmpty()) {
            throw DownloadFailure.passing(
                    "timeout",
                    "The file did not come within " + settings.fileTimeout().toSeconds()
                            + " s (setting file_timeout_seconds) or before the stage's own time was up.");
        }
        return failure;
    }

    private Duration waitAfter(DownloadFailure failure) throws DownloadFailure {
        if (!failure.isPassing() || attempts >= settings.attempts()) {
            throw failure;
        }
        Duration backoff = FIRST_WAIT.multipliedBy(1L << Math.min(attempts - 1, 20));
        if (backoff.compareTo(settings.maxWait()) > 0) {
            backoff = settings.maxWait();
        }
        Duration asked = failure.retryAfter();
        if (asked.compareTo(settings.maxWait()) > 0) {
            throw failure.because(
                    "It asks to wait " + asked.toSeconds() + " s, longer than the setting max_wait_seconds ("
                            + settings.maxWait().toSeconds() + ").");
        }
        Duration wait = asked.compareTo(backoff) > 0 ? asked : backoff;
        if (time.instant().plus(wait).isAfter(end)) {
            throw failure.because("There is no time left for another try in " + wait.toSeconds() + " s.");
        }
        return wait;
    }

    private Fetched complete(WebAddress address, Partial partial) throws DownloadFailure, IOException {
        String named = partial.type();
        if (partial.encoding().isEmpty() || (isGzip(partial) && MediaTypes.isGzip(named))) {
            String type = named.isEmpty() ? MediaTypes.sniffed(partial.head()) : named;
            return checked(partial.keep(), partial.size(), type, path, address, partial);
        }
        if (!isGzip(partial)) {
            throw DownloadFailure.lasting(
                    "unsupported_encoding", "The server sent the file in an encoding that was not asked for.");
        }
        Path plain = path.resolveSibling(path.getFileName() + ".plain");
        Decoding.Decoded decoded = Decoding.gunzip(path, plain, settings.maxBytes(), budget);
        String type = named.isEmpty() ? MediaTypes.sniffed(decoded.head()) : named;
        return checked(decoded.sha256(), decoded.size(), type, plain, address, partial);
    }

    private static boolean isGzip(Partial partial) {
        return partial.encoding().equals("gzip") || partial.encoding().equals("x-gzip");
    }

    private Fetched checked(String sha256, long size, String type, Path file, WebAddress address, Partial partial)
            throws DownloadFailure, IOException {
        try {
            exchange.requireType(type);
            if (!wanted.sha256().isEmpty() && !wanted.sha256().equals(sha256)) {
                throw DownloadFailure.lasting(
                        "checksum_mismatch",
                        "The file's SHA-256 is " + sha256 + ", not " + wanted.sha256() + " as was expected.");
            }
        } catch (DownloadFailure failure) {
            budget.giveBack(size);
            Files.deleteIfExists(file);
            throw failure;
        }
        String name = FileName.of(wanted.name(), partial.disposition(), address);
        return new Fetched(file, sha256, size, type, name, address.toString(), attempts);
    }
}
